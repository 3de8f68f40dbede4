package dev.aegis.messaging.internal.settle;

import java.util.Arrays;
import java.util.Locale;

/** What happens to a message whose handling failed. The names are those of SmallRye's connectors. */
public enum FailureStrategy {
    /** Back to the queue after a pause, until its attempts are used up; then to the dead letters. */
    REQUEUE,
    /** To the dead letters at once. */
    DEAD_LETTER_QUEUE,
    /** Logged and dropped. */
    IGNORE,
    /** Back to the queue, and the channel stops and reports itself as failed. */
    FAIL;

    /** The strategy of that name, such as {@code dead-letter-queue}. */
    public static FailureStrategy of(String name) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "failure-strategy is one of " + Arrays.toString(values()) + ", not " + name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
