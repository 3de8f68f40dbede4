package dev.aegis.platform.schedule;

import dev.aegis.platform.retention.ExpiredRows;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Removes old runs, except the last of each schedule: without it, the schedule would be caught up as one that has never run. */
@ApplicationScoped
class ScheduleRunRetention {

    private static final String OLD_RUNS = """
            DELETE FROM scheduling.schedule_run WHERE id = ANY (ARRAY(
                SELECT id FROM scheduling.schedule_run old
                WHERE run_at < now() - make_interval(secs => :retention)
                  AND EXISTS (
                      SELECT FROM scheduling.schedule_run later
                      WHERE later.schedule = old.schedule AND later.due_at > old.due_at AND later.due_at <= now())
                ORDER BY run_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """;

    private final ExpiredRows expired;
    private final Duration retention;

    ScheduleRunRetention(
            ExpiredRows expired, @ConfigProperty(name = "aegis.retention.schedule-runs") Duration retention) {
        this.expired = expired;
        this.retention = retention;
    }

    @Scheduled(
            cron = "{aegis.retention.cron}",
            timeZone = "{aegis.schedule.time-zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeExpired() {
        expired.remove("schedule runs", OLD_RUNS, retention);
    }
}
