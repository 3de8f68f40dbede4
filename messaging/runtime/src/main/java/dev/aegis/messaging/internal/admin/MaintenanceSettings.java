package dev.aegis.messaging.internal.admin;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often the queues are measured, and how long dead letters are kept. */
@Singleton
class MaintenanceSettings {

    private static final String PREFIX = "mp.messaging.connector.aegis-postgresql.";
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Duration metricsInterval;
    private final Optional<Duration> retention;

    MaintenanceSettings(
            @ConfigProperty(name = PREFIX + "metrics-interval", defaultValue = "10s") Duration metricsInterval,
            @ConfigProperty(name = PREFIX + "dead-letter-retention") Optional<Duration> retention) {
        if (!metricsInterval.isZero()) {
            check("metrics-interval", metricsInterval, "0 (off), or ");
        }
        retention.ifPresent(age -> check("dead-letter-retention", age, ""));
        this.metricsInterval = metricsInterval;
        this.retention = retention;
    }

    /** That these settings are made is their check: before the first message is taken. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {}

    private static void check(String setting, Duration value, String other) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is " + other + "1 ms to " + LONGEST.toDays() + " days, but it is " + value);
        }
    }

    /** Zero when the queues are not measured. */
    Duration metricsInterval() {
        return metricsInterval;
    }

    /** Empty when dead letters are kept for ever. */
    Optional<Duration> retention() {
        return retention;
    }
}
