package dev.aegis.messaging.receive;

import dev.aegis.messaging.PostgresqlConnectorIncomingConfiguration;
import dev.aegis.messaging.settle.FailureStrategy;
import dev.aegis.messaging.settle.RetryPolicy;
import dev.aegis.messaging.store.QueueName;
import java.time.Duration;

/** The settings of an incoming channel, checked. */
public record InboundSettings(
        String channel,
        String queue,
        int prefetch,
        int maxInFlight,
        Duration pollInterval,
        FailureStrategy failureStrategy,
        RetryPolicy retry) {

    public InboundSettings {
        check("prefetch", prefetch, 1, 10_000);
        check("max-in-flight", maxInFlight, 1, 10_000);
        if (pollInterval.toMillis() < 1) {
            throw new IllegalArgumentException("poll-interval is 1 ms or more, not " + pollInterval);
        }
    }

    public static InboundSettings of(PostgresqlConnectorIncomingConfiguration config) {
        // With `concurrency` the framework copies the channel, and names the copies name$1, name$2, …
        var channel = config.getChannel().replaceFirst("\\$\\d+$", "");
        try {
            return new InboundSettings(
                    channel,
                    QueueName.checked(config.getQueue().orElse(channel)),
                    config.getPrefetch(),
                    config.getMaxInFlight(),
                    config.getPollInterval().orElse(Duration.ofSeconds(5)),
                    FailureStrategy.of(config.getFailureStrategy()),
                    new RetryPolicy(
                            config.getMaxAttempts(),
                            config.getRetryInitialDelay().orElse(Duration.ofSeconds(1)),
                            config.getRetryMaxDelay().orElse(Duration.ofMinutes(5))));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mp.messaging.incoming." + channel + ": " + e.getMessage(), e);
        }
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most + ", not " + value);
        }
    }
}
