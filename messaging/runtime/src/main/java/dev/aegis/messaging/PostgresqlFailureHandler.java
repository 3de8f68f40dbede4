package dev.aegis.messaging;

import org.eclipse.microprofile.config.Config;

/**
 * A failure strategy: decides what becomes of a message whose handler failed. There are {@code requeue},
 * {@code dead-letter-queue}, {@code ignore} and {@code fail}; an application adds another one by a bean:
 *
 * <pre>{@code
 * @ApplicationScoped
 * @Identifier("requeue-for-ever") // mp.messaging.incoming.orders.failure-strategy=requeue-for-ever
 * class RequeueForEver implements PostgresqlFailureHandler.Factory {
 *
 *     public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
 *         return (message, failure) -> FailureAction.retryAfter(retry.maxDelay());
 *     }
 * }
 * }</pre>
 *
 * <p>A message whose payload can't be read is never tried again: it goes to the dead letters unless the strategy drops it. The
 * strategy is not asked about a message that was claimed {@code max-attempts} times without being settled, because its workers
 * died: it goes to the dead letters.
 */
@FunctionalInterface
public interface PostgresqlFailureHandler {

    /**
     * Decides on one message; of a batch that failed as a whole, on each. Called on any thread, and must not block.
     * When it throws, that is logged, and the message goes to the dead letters.
     *
     * @param failure what the handler threw, or the reason of a nack; of an exception that only wraps another one, the other one
     */
    FailureAction onFailure(IncomingPostgresqlMetadata message, Throwable failure);

    /** Makes the strategy for a channel, when the application starts. */
    @FunctionalInterface
    interface Factory {

        /**
         * @param channel the settings of the channel that are set, by their names without a prefix, such as {@code queue}
         * @param retry when the channel tries a message again, and how often
         * @throws IllegalArgumentException when a setting is invalid: the application does not start
         */
        PostgresqlFailureHandler create(Config channel, RetryPolicy retry);
    }
}
