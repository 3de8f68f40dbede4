package dev.aegis.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestTimes.class)
class SchedulesTest {

    @Inject
    Scheduler scheduler;

    @Inject
    Sql sql;

    @Test
    void aScheduleRunsAtEachOfItsTimesAndRequestsItsWork() {
        await().untilAsserted(() -> assertThat(sql.count("scheduling.schedule_run WHERE schedule = 'armoury-report'"))
                .isGreaterThan(3));

        assertThat(sql.count("scheduling.schedule_run WHERE schedule = 'armoury-report'"
                        + " AND (sent <> 1 OR due_at <> date_trunc('second', due_at))"))
                .isZero();
        assertThat(sql.count("scheduling.schedule_run r JOIN messaging.message m"
                        + " ON m.queue = 'reports' AND m.headers ->> 'run' = r.id::text"
                        + " AND (m.payload::jsonb ->> 'schedule_run_id')::bigint = r.id"))
                .isGreaterThan(3);
    }

    @Test
    void whatWasMissedIsCaughtUpWhenTheServiceStarts() {
        await().untilAsserted(() -> assertThat(sql.select("SELECT due_at = date_trunc('year', now(), 'UTC')"
                        + " FROM scheduling.schedule_run WHERE schedule = 'requeue-stale'"))
                .containsExactly("t"));
    }

    @Test
    void aScheduleThatIsOffNeverRuns() {
        assertThat(scheduler.getScheduledJobs())
                .extracting(job -> job.getId())
                .contains("armoury-report", "requeue-stale")
                .doesNotContain("inspect-overdue");
    }
}
