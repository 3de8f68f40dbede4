package dev.aegis.platform.schedule;

import dev.aegis.platform.retention.ExpiredRows;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Removes firings that are kept no longer. The last of each schedule is always kept: without it, a schedule would take itself for
 * one that has never fired, and make up for that.
 */
@ApplicationScoped
class FiringRetention {

    private static final String OLD_FIRINGS = """
            DELETE FROM scheduling.schedule_firing WHERE id = ANY (ARRAY(
                SELECT id FROM scheduling.schedule_firing old
                WHERE fired_at < now() - make_interval(secs => :retention)
                  AND EXISTS (
                      SELECT FROM scheduling.schedule_firing later
                      WHERE later.schedule = old.schedule AND later.fire_time > old.fire_time AND later.fire_time <= now())
                ORDER BY fired_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """;

    private final ExpiredRows expired;
    private final Duration retention;

    FiringRetention(ExpiredRows expired, @ConfigProperty(name = "aegis.retention.firings") Duration retention) {
        this.expired = expired;
        this.retention = retention;
    }

    @Scheduled(
            cron = "{aegis.retention.cron}",
            timeZone = "{aegis.schedule.time-zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeExpired() {
        expired.remove("firings", OLD_FIRINGS, retention);
    }
}
