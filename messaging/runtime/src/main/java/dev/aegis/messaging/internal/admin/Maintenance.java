package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.receive.IncomingChannels;
import dev.aegis.messaging.internal.settings.ConnectorSettings;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What a process that consumes does beside it, on one thread: it measures its queues, and removes dead letters that are past
 * their retention. It does nothing before the process is registered as a consumer, and while the database is away.
 */
@Singleton
class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);
    private static final int REMOVED_AT_ONCE = 1000;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ConnectorDatabase database;
    private final IncomingChannels consumers;
    private final ConsumerRegistration registration;
    private final MessagingMetrics metrics;
    private final ConnectorSettings settings;
    private final DepthGauges gauges = new DepthGauges();
    private final QueueReport report;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "aegis-housekeeper");
        thread.setDaemon(true);
        return thread;
    });

    Maintenance(
            ConnectorDatabase database,
            IncomingChannels consumers,
            ConsumerRegistration registration,
            MessagingMetrics metrics,
            ConnectorSettings settings) {
        this.database = database;
        this.consumers = consumers;
        this.registration = registration;
        this.metrics = metrics;
        this.settings = settings;
        this.report = new QueueReport(database, metrics, gauges, settings.metricsInterval());
    }

    void start(@Observes StartupEvent event) {
        register();
        var interval = settings.metricsInterval();
        if (!interval.isZero()) {
            repeat(
                    this::measure,
                    new Backoff("The measurement of the queues"),
                    report::pause,
                    Collections.min(List.of(interval, FIRST_PAUSE)));
        }
        settings.deadLetterRetention().ifPresent(age -> {
            var pause = Collections.min(List.of(age, LONGEST_PAUSE));
            repeat(
                    () -> removeOlderThan(age),
                    new Backoff("The removal of old dead letters"),
                    () -> pause,
                    Collections.min(List.of(pause, FIRST_PAUSE)));
        });
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        executor.shutdownNow();
        if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
            LOG.warn("The housekeeper of the queues waits for the database; the process ends without it");
        }
        gauges.remove();
    }

    private void measure() throws SQLException {
        register();
        report.run(consumers.queues());
    }

    private void removeOlderThan(Duration age) throws SQLException {
        long removed;
        do {
            removed = database.own(connection -> DeadLetterStatements.expire(connection, age, REMOVED_AT_ONCE));
            if (removed > 0) {
                LOG.infof("Removed %d dead letters that were older than %s", removed, age);
            }
        } while (removed == REMOVED_AT_ONCE && !executor.isShutdown());
    }

    private void register() {
        for (var queue : consumers.queues()) {
            if (registered.add(queue)) {
                metrics.register(queue);
                if (!settings.metricsInterval().isZero()) {
                    gauges.register(queue);
                }
            }
        }
    }

    private interface Chore {
        void run() throws SQLException;
    }

    private void repeat(Chore chore, Backoff backoff, Supplier<Duration> pause, Duration first) {
        executor.schedule(
                () -> {
                    run(chore, backoff);
                    if (!executor.isShutdown()) {
                        repeat(chore, backoff, pause, pause.get());
                    }
                },
                first.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void run(Chore chore, Backoff backoff) {
        if (!registration.isAlive()) {
            return;
        }
        try {
            chore.run();
            backoff.ended();
        } catch (SQLException | RuntimeException | Error e) {
            if (!executor.isShutdown()) {
                backoff.began(e);
            }
        }
    }
}
