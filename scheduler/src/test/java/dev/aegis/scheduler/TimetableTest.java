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
class TimetableTest {

    @Inject
    Scheduler scheduler;

    @Inject
    Sql sql;

    @Test
    void aScheduleFiresAtEachOfItsTimesAndAsksForItsWork() {
        await().untilAsserted(
                        () -> assertThat(sql.count("scheduling.schedule_firing WHERE schedule = 'armoury-report'"))
                                .isGreaterThan(3));

        assertThat(sql.count("scheduling.schedule_firing WHERE schedule = 'armoury-report'"
                        + " AND (sent <> 1 OR fire_time <> date_trunc('second', fire_time))"))
                .isZero();
        assertThat(sql.count("scheduling.schedule_firing f JOIN messaging.message m"
                        + " ON m.queue = 'reports' AND m.headers ->> 'firing' = f.id::text"
                        + " AND (m.payload::jsonb ->> 'firing_id')::bigint = f.id"))
                .isGreaterThan(3);
    }

    @Test
    void whatWasMissedIsMadeUpForWhenTheServiceStarts() {
        await().untilAsserted(() -> assertThat(sql.select("SELECT fire_time = date_trunc('year', now(), 'UTC')"
                        + " FROM scheduling.schedule_firing WHERE schedule = 'ask-again'"))
                .containsExactly("t"));
    }

    @Test
    void aScheduleThatIsOffNeverFires() {
        assertThat(scheduler.getScheduledJobs())
                .extracting(job -> job.getId())
                .contains("armoury-report", "ask-again")
                .doesNotContain("inspect-overdue");
    }
}
