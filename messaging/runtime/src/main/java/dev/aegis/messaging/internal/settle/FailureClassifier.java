package dev.aegis.messaging.internal.settle;

import io.quarkus.arc.ArcUndeclaredThrowableException;
import io.smallrye.reactive.messaging.providers.ProcessingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the exception that a handler threw inside those that the framework wrapped around it, and tells what kind it is. */
final class FailureClassifier {

    private FailureClassifier() {}

    static Throwable root(Throwable failure) {
        var seen = identitySet();
        var cause = failure;
        while (isWrapper(cause) && seen.add(cause)) {
            var next = causeOf(cause);
            if (next == null || seen.contains(next)) {
                break;
            }
            cause = next;
        }
        return cause;
    }

    /** Whether the database could not be reached or was too busy, so that the same statement may succeed later. */
    static boolean isOutage(Throwable failure) {
        return sql(failure)
                .findFirst()
                .map(refused -> SqlStates.isOutage(refused.getSQLState()))
                .orElse(false);
    }

    /** Whether the transaction was rolled back because of concurrent ones: a serialization failure or a deadlock. */
    static boolean isConflict(Throwable failure) {
        return sql(failure).anyMatch(refused -> SqlStates.isConflict(refused.getSQLState()));
    }

    private static Stream<SQLException> sql(Throwable failure) {
        return all(failure).stream().filter(SQLException.class::isInstance).map(SQLException.class::cast);
    }

    /** {@code failure}, what caused it and what it suppressed, the nearest first, each once: causes may form a cycle. */
    private static List<Throwable> all(Throwable failure) {
        var seen = identitySet();
        var found = new ArrayList<Throwable>();
        var next = new ArrayDeque<>(List.of(failure));
        while (!next.isEmpty()) {
            var one = next.removeFirst();
            if (seen.add(one)) {
                found.add(one);
                var cause = causeOf(one);
                if (cause != null) {
                    next.add(cause);
                }
                next.addAll(Arrays.asList(one.getSuppressed()));
            }
        }
        return found;
    }

    private static Set<Throwable> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    /** What {@code failure} says, in one line; its class when it can't say anything. */
    static String text(Throwable failure) {
        try {
            return String.join(" ", failure.toString().lines().toList());
        } catch (RuntimeException | StackOverflowError e) {
            return mute(failure);
        }
    }

    /** What {@code failure} and the innermost of its causes say, in one line. */
    static String explanation(Throwable failure) {
        var causes = all(failure);
        var innermost = causes.get(causes.size() - 1);
        var outer = text(failure);
        var inner = text(innermost);
        return outer.contains(inner) ? outer : outer + ": " + inner;
    }

    /** Where {@code failure} came from, with its causes; its class when they can't be printed. */
    static String stackTrace(Throwable failure) {
        var trace = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        } catch (RuntimeException | StackOverflowError e) {
            return mute(failure);
        }
    }

    private static String mute(Throwable failure) {
        return failure.getClass().getName() + " (which fails when it is asked for its message)";
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof InvocationTargetException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof ArcUndeclaredThrowableException;
    }
}
