package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.PostgresqlFailureHandler;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an incoming channel, checked.
 *
 * @param batchSize the most messages that a handler takes at once; 0 when it takes single ones
 * @param transactionSize the most messages that share a transaction, of a handler that takes single ones
 * @param abortOn the names of the exception classes after which, or after whose subclasses, a message is not tried again
 * @param topic what the queue is subscribed to; null when to nothing
 * @param clusterConcurrency how many messages of the queue are handled at once in all processes; 0 when unlimited
 */
public record IncomingSettings(
        String channel,
        String queue,
        @Nullable String topic,
        int prefetch,
        int maxInFlight,
        int batchSize,
        int transactionSize,
        int clusterConcurrency,
        int maxPayloadSize,
        Duration pollInterval,
        @Nullable Duration handlerTimeout,
        int maxAttempts,
        Set<String> abortOn,
        PostgresqlFailureHandler failureHandler) {

    public IncomingSettings {
        check("prefetch", prefetch, 1, 10_000);
        check("max-in-flight", maxInFlight, 1, 10_000);
        check("transaction-size", transactionSize, 1, 10_000);
        if (batchSize > 0 && transactionSize > 1) {
            throw new IllegalArgumentException(
                    "transaction-size is for handlers of single messages: with batch=true the"
                            + " messages of a list share a transaction anyway");
        }
        if (handlerTimeout != null && transactionSize > 1) {
            throw new IllegalArgumentException(
                    "handler-timeout can't be set together with transaction-size: while a call is"
                            + " stuck, its transaction holds what the calls before it have locked");
        }
        check("cluster-concurrency", clusterConcurrency, 0, 10_000);
        check("max-payload-size", maxPayloadSize, 1, Integer.MAX_VALUE);
        checkDuration("poll-interval", pollInterval);
        if (handlerTimeout != null) {
            checkDuration("handler-timeout", handlerTimeout);
        }
    }

    /** What the names of these settings begin with. */
    String prefix() {
        return "mp.messaging.incoming." + channel;
    }

    boolean isBatch() {
        return batchSize > 0;
    }

    /** Whether several messages that are handled one by one may share a transaction. */
    boolean sharesTransactions() {
        return transactionSize > 1;
    }

    /** The most messages that are delivered together. */
    int maxTogether() {
        return Math.max(transactionSize, batchSize);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is from " + min + " to " + max + ", not " + value);
        }
    }

    private static void checkDuration(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(name + " is 1 ms or more, not " + value);
        }
    }
}
