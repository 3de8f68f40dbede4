package dev.aegis.messaging.settle;

import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.smallrye.reactive.messaging.providers.ProcessingException;
import jakarta.transaction.RollbackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds what a handler threw under what the framework wrapped around it. */
final class Causes {

    /** Classes of SQLSTATE: connection, transaction rollback, resources, object not in state, intervention. */
    private static final Set<String> OUTAGES = Set.of("08", "40", "53", "55", "57");

    private Causes() {}

    static Throwable root(Throwable failure) {
        var cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether the database could not be reached or was too busy, so that the same statement may succeed later. */
    static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                var state = refused.getSQLState();
                return state == null || OUTAGES.contains(state.substring(0, 2));
            }
            for (var suppressed : cause.getSuppressed()) {
                if (isOutage(suppressed)) {
                    return true;
                }
            }
        }
        return failure instanceof QuarkusTransactionException && failure.getCause() instanceof RollbackException;
    }

    /** What {@code failure} says, in one line; its class when it can't say anything. */
    static String text(Throwable failure) {
        try {
            return String.join(" ", failure.toString().lines().toList());
        } catch (RuntimeException e) {
            return mute(failure);
        }
    }

    /** Where {@code failure} came from, with its causes; its class when they can't be printed. */
    static String stackTrace(Throwable failure) {
        var trace = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        } catch (RuntimeException e) {
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
                || failure instanceof ExecutionException;
    }
}
