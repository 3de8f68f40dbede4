package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schedules in a service that runs. */
@QuarkusTest
@TestProfile(OncePerClusterTest.Times.class)
class OncePerClusterTest {

    public static class Times implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "aegis.schedule.test-each-second.cron", "* * * * * ?",
                    "aegis.schedule.test-each-year.cron", "0 0 0 1 1 ?",
                    "aegis.schedule.test-broken.cron", "* * * * * ?",
                    "aegis.schedule.test-unmade.cron", "0 0 0 1 1 ?",
                    "aegis.schedule.catch-up-interval", "500ms");
        }
    }

    @Inject
    TestSchedules schedules;

    @Inject
    Scheduler scheduler;

    @Inject
    MeterRegistry metrics;

    @Inject
    ScheduleRun run;

    @Inject
    Sql sql;

    @AfterEach
    void resume() {
        scheduler.resume("test-each-year");
    }

    @Test
    void aScheduleRunsAtEachOfItsTimesAndSends() {
        await().untilAsserted(() -> assertThat(runs("test-each-second")).isGreaterThan(3));

        assertThat(sql.count("scheduling.schedule_run WHERE schedule = 'test-each-second'"
                        + " AND (sent <> 1 OR due_at <> date_trunc('second', due_at))"))
                .isZero();
        assertThat(sql.count("scheduling.schedule_run r JOIN messaging.message m ON m.headers ->> 'run' = r.id::text"
                        + " AND (m.payload::jsonb ->> 'run')::bigint = r.id WHERE r.schedule = 'test-each-second'"))
                .isGreaterThan(3);
    }

    @Test
    void whatWasMissedIsCaughtUpWhenTheServiceStarts() {
        await().untilAsserted(() -> assertThat(sql.select("SELECT due_at = date_trunc('year', now(), 'UTC')"
                        + " FROM scheduling.schedule_run WHERE schedule = 'test-each-year'"))
                .containsExactly("t"));
    }

    @Test
    void aCallByHandDoesWhatIsDueAndNothingElse() {
        await().until(() -> runs("test-each-year") == 1);
        scheduler.pause("test-each-year");

        schedules.eachYear();
        assertThat(runs("test-each-year")).isEqualTo(1);
        assertThat(messages("test-each-year")).isEqualTo(1);

        sql.update("DELETE FROM scheduling.schedule_run WHERE schedule = 'test-each-year'");
        schedules.eachYear();
        assertThat(runs("test-each-year")).isEqualTo(1);
        assertThat(messages("test-each-year")).isEqualTo(1);
    }

    @Test
    void aScheduleThatIsPausedIsNotCaughtUp() {
        await().until(() -> runs("test-each-year") == 1);
        scheduler.pause("test-each-year");
        sql.update("DELETE FROM scheduling.schedule_run WHERE schedule = 'test-each-year'");

        // Caught up after it, each time
        var tries = failures("test-unmade");
        await().until(() -> failures("test-unmade") > tries + 2);
        assertThat(runs("test-each-year")).isZero();

        scheduler.resume("test-each-year");
        await().until(() -> runs("test-each-year") == 1);
    }

    @Test
    void aScheduleThatIsOffNeverRuns() {
        schedules.off();

        assertThat(runs("test-off")).isZero();
        assertThat(scheduler.getScheduledJobs())
                .extracting(Trigger::getId)
                .contains("test-each-second")
                .doesNotContain("test-off");
    }

    @Test
    void aClockThatWasSetBackDoesNotSilenceASchedule() throws ReflectiveOperationException {
        hasFired(
                scheduler.getScheduledJob("test-each-second"),
                ZonedDateTime.now().plusHours(1));

        var before = runs("test-each-second");
        await().until(() -> runs("test-each-second") > before + 2);
    }

    @Test
    void whatEndsInErrorsIsTriedAgainAndHarmsNoOther() {
        var broken = failures("test-broken");
        var unmade = failures("test-unmade");
        await().until(() -> failures("test-broken") > broken + 2 && failures("test-unmade") > unmade + 2);

        var before = runs("test-each-second");
        await().until(() -> runs("test-each-second") > before + 1);
        assertThat(runs("test-broken") + runs("test-unmade")).isZero();
    }

    @Test
    void aMethodThatIsNotScheduledIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> schedules.notScheduled())
                .withMessageContaining("not @Scheduled");
    }

    @Test
    void aMethodIsNotTakenForAScheduledOneOfTheSameName() {
        assertThatIllegalStateException()
                .isThrownBy(() -> schedules.eachYear(2))
                .withMessageContaining("not @Scheduled");
    }

    @Test
    void outsideOfARunThereIsNone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> QuarkusTransaction.requiringNew().call(run::id))
                .withMessageContaining("not the run");
    }

    /** Makes the trigger believe that it has: when the clock of its machine is set back, it had. */
    private static void hasFired(Trigger trigger, ZonedDateTime time) throws ReflectiveOperationException {
        var lastFireTime = trigger.getClass().getSuperclass().getDeclaredField("lastFireTime");
        lastFireTime.setAccessible(true);
        lastFireTime.set(trigger, time);
    }

    private long runs(String schedule) {
        return sql.count("scheduling.schedule_run WHERE schedule = '" + schedule + "'");
    }

    private long messages(String schedule) {
        return sql.count("messaging.message WHERE headers ->> 'run' IN"
                + " (SELECT id::text FROM scheduling.schedule_run WHERE schedule = '" + schedule + "')");
    }

    private double failures(String schedule) {
        return metrics.get("aegis.schedule.runs")
                .tags("schedule", schedule, "outcome", "failed")
                .counter()
                .count();
    }
}
