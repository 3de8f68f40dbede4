package dev.aegis.messaging.internal.consumer;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often a consumer says that it lives, and how long it may be silent. */
@Singleton
public class HeartbeatSettings {

    private static final String PREFIX = "mp.messaging.connector.aegis-postgresql.";

    private final Duration interval;
    private final Duration timeout;

    HeartbeatSettings(
            @ConfigProperty(name = PREFIX + "heartbeat-interval", defaultValue = "2s") Duration interval,
            @ConfigProperty(name = PREFIX + "heartbeat-timeout", defaultValue = "8s") Duration timeout) {
        if (interval.toMillis() < 1 || timeout.compareTo(interval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    PREFIX + "heartbeat-interval is 1 ms or more and heartbeat-timeout at least"
                            + " twice as long, but they are " + interval + " and " + timeout);
        }
        this.interval = interval;
        this.timeout = timeout;
    }

    Duration interval() {
        return interval;
    }

    Duration timeout() {
        return timeout;
    }
}
