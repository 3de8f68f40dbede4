package dev.aegis.messaging;

import org.eclipse.microprofile.config.Config;

/**
 * A failure strategy: decides what becomes of a message whose handler failed. There are {@code requeue},
 * {@code dead-letter-queue}, {@code ignore} and {@code fail}; an application adds another one by a bean:
 *
 * <pre>{@code
 * @ApplicationScoped
 * @Identifier("retry-slowly") // mp.messaging.incoming.orders.failure-strategy=retry-slowly
 * class RetrySlowly implements PostgresqlFailureHandler.Factory {
 *
 *     public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
 *         return (message, failure) -> FailureAction.retryAfter(retry.maxDelay());
 *     }
 * }
 * }</pre>
 *
 * <p>A strategy can't try a message more often than {@code max-attempts} of its channel says, nor one whose payload can't be
 * read: instead of being tried again these go to the dead letters. It is not asked about a message whose processes died in each
 * of its attempts.
 */
@FunctionalInterface
public interface PostgresqlFailureHandler {

    /**
     * Decides on one message; of a batch that failed as a whole, on each. Called on any thread, and must not block.
     * When it throws, that is logged, and the message goes to the dead letters.
     *
     * @param failure what the handler threw, or the reason of a nack; an exception that only wraps another is unwrapped
     */
    FailureAction onFailure(IncomingPostgresqlMetadata message, Throwable failure);

    /** Makes the strategy for a channel, when the application starts. */
    @FunctionalInterface
    interface Factory {

        /**
         * @param channel the settings of the channel that are set, by their names without a prefix, such as {@code queue}.
         *     A strategy may have settings of its own there; one that is never asked for is logged as unknown
         * @param retry when the channel tries a message again, and how often
         * @throws IllegalArgumentException when a setting is invalid: the application does not start
         */
        PostgresqlFailureHandler create(Config channel, RetryPolicy retry);
    }
}
