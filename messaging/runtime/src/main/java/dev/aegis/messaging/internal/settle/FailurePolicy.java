package dev.aegis.messaging.internal.settle;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a channel does with a message whose handler failed.
 *
 * @param abortOn the names of exception classes after which, or after whose subclasses, a message is not tried again
 */
public record FailurePolicy(FailureStrategy strategy, RetryPolicy retry, Set<String> abortOn) {

    /** Reads a list of class names, parted by commas. */
    public static Set<String> names(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(FailurePolicy::checked)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String checked(String name) {
        try {
            var type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            if (!Throwable.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("retry.abort-on takes classes of exceptions, not " + name);
            }
            return name;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "retry.abort-on names a class that does not exist: " + name
                            + " (a nested one is written Outer$Inner)",
                    e);
        }
    }

    /** Whether a message that failed so at this attempt goes to the dead letters. */
    boolean givesUp(Throwable cause, int attempt) {
        return strategy == FailureStrategy.DEAD_LETTER_QUEUE || retry.isLast(attempt) || aborts(cause);
    }

    /** Whether a message that failed so is not tried again, whatever its attempt. */
    boolean aborts(Throwable cause) {
        for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
            if (abortOn.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }
}
