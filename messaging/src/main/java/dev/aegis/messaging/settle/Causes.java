package dev.aegis.messaging.settle;

import io.smallrye.reactive.messaging.providers.ProcessingException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Finds what a handler threw under what the framework wrapped around it. */
final class Causes {

    private Causes() {}

    static Throwable root(Throwable failure) {
        var cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ProcessingException
                || failure instanceof InvocationTargetException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException;
    }
}
