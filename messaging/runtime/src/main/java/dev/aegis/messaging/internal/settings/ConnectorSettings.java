package dev.aegis.messaging.internal.settings;

import dev.aegis.messaging.PostgresqlMessaging;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings of the connector as a whole. An invalid one ends the start of the application. */
@Singleton
public class ConnectorSettings {

    /** What their names begin with. */
    public static final String PREFIX = "mp.messaging.connector." + PostgresqlMessaging.CONNECTOR + ".";

    private static final String DATASOURCE = "datasource";
    private static final String MIGRATE_AT_START = "migrate-at-start";
    private static final String LISTEN = "listen";
    private static final String HEARTBEAT_INTERVAL = "heartbeat-interval";
    private static final String HEARTBEAT_TIMEOUT = "heartbeat-timeout";
    private static final String LIVENESS_TIMEOUT = "liveness-timeout";
    private static final String SHUTDOWN_GRACE_PERIOD = "shutdown-grace-period";
    private static final String METRICS_INTERVAL = "metrics-interval";
    private static final String DEAD_LETTER_RETENTION = "dead-letter-retention";

    /** The types of all of them, by their names. The framework shows them to each channel. */
    public static final Map<String, Class<?>> TYPES = Map.of(
            DATASOURCE, String.class,
            MIGRATE_AT_START, boolean.class,
            LISTEN, boolean.class,
            HEARTBEAT_INTERVAL, Duration.class,
            HEARTBEAT_TIMEOUT, Duration.class,
            LIVENESS_TIMEOUT, Duration.class,
            SHUTDOWN_GRACE_PERIOD, Duration.class,
            METRICS_INTERVAL, Duration.class,
            DEAD_LETTER_RETENTION, Duration.class);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Optional<String> datasource;
    private final boolean migrateAtStart;
    private final boolean listen;
    private final Duration heartbeatInterval;
    private final Duration heartbeatTimeout;
    private final Duration livenessTimeout;
    private final Duration shutdownGracePeriod;
    private final Duration metricsInterval;
    private final Optional<Duration> deadLetterRetention;

    ConnectorSettings(
            @ConfigProperty(name = PREFIX + DATASOURCE) Optional<String> datasource,
            @ConfigProperty(name = PREFIX + MIGRATE_AT_START, defaultValue = "true") boolean migrateAtStart,
            @ConfigProperty(name = PREFIX + LISTEN, defaultValue = "true") boolean listen,
            @ConfigProperty(name = PREFIX + HEARTBEAT_INTERVAL, defaultValue = "2s") Duration heartbeatInterval,
            @ConfigProperty(name = PREFIX + HEARTBEAT_TIMEOUT, defaultValue = "8s") Duration heartbeatTimeout,
            @ConfigProperty(name = PREFIX + LIVENESS_TIMEOUT, defaultValue = "60s") Duration livenessTimeout,
            @ConfigProperty(name = PREFIX + SHUTDOWN_GRACE_PERIOD, defaultValue = "20s") Duration shutdownGracePeriod,
            @ConfigProperty(name = PREFIX + METRICS_INTERVAL, defaultValue = "10s") Duration metricsInterval,
            @ConfigProperty(name = PREFIX + DEAD_LETTER_RETENTION) Optional<Duration> deadLetterRetention) {
        this.datasource = datasource;
        this.migrateAtStart = migrateAtStart;
        this.listen = listen;
        this.heartbeatInterval = inRange(HEARTBEAT_INTERVAL, heartbeatInterval);
        this.heartbeatTimeout = inRange(HEARTBEAT_TIMEOUT, heartbeatTimeout);
        if (heartbeatTimeout.compareTo(heartbeatInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(PREFIX + HEARTBEAT_TIMEOUT + " is at least twice the "
                    + HEARTBEAT_INTERVAL + ", but they are " + heartbeatTimeout + " and " + heartbeatInterval);
        }
        this.livenessTimeout = inRange(LIVENESS_TIMEOUT, livenessTimeout);
        this.shutdownGracePeriod = zeroOrInRange(SHUTDOWN_GRACE_PERIOD, shutdownGracePeriod);
        this.metricsInterval = zeroOrInRange(METRICS_INTERVAL, metricsInterval);
        this.deadLetterRetention = deadLetterRetention.map(age -> inRange(DEAD_LETTER_RETENTION, age));
    }

    private static Duration zeroOrInRange(String setting, Duration value) {
        return value.isZero() ? value : inRange(setting, value, "0, or ");
    }

    private static Duration inRange(String setting, Duration value) {
        return inRange(setting, value, "");
    }

    private static Duration inRange(String setting, Duration value, String other) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is " + other + "1 ms to " + LONGEST.toDays() + " days, but it is " + value);
        }
        return value;
    }

    /** That they are made is their check: before the first message is taken. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {}

    /** The name of the datasource; empty for the default one. */
    public Optional<String> datasource() {
        return datasource;
    }

    public boolean migrateAtStart() {
        return migrateAtStart;
    }

    /** Whether connections are sessions in which the connector listens. */
    public boolean listen() {
        return listen;
    }

    /** How often a consumer says that it lives. */
    public Duration heartbeatInterval() {
        return heartbeatInterval;
    }

    /** How long a consumer may be silent. */
    public Duration heartbeatTimeout() {
        return heartbeatTimeout;
    }

    public Duration livenessTimeout() {
        return livenessTimeout;
    }

    /** How long handlers may take to end when the process stops. */
    public Duration shutdownGracePeriod() {
        return shutdownGracePeriod;
    }

    /** Zero when the queues are not measured. */
    public Duration metricsInterval() {
        return metricsInterval;
    }

    /** Empty when dead letters are kept for ever. */
    public Optional<Duration> deadLetterRetention() {
        return deadLetterRetention;
    }
}
