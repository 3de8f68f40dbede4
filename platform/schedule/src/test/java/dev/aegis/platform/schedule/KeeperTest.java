package dev.aegis.platform.schedule;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeeperTest {

    @Inject
    TestScheduler scheduler;

    @Inject
    Sql sql;

    /** A minute on the grid, far enough in the past that minutes after it are past as well. */
    private final Instant noon = Instant.now().truncatedTo(MINUTES).minus(600, MINUTES);

    @Test
    void aFiringRecordsWhenItWasDueAndWhoDidItAndWhatItSent() {
        var schedule = scheduler.schedule();

        scheduler.replica(schedule).settle(noon);

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon);
        assertThat(sql.select("SELECT sent FROM scheduling.schedule_firing WHERE schedule = ?", schedule.name()))
                .containsExactly("1");
        assertThat(sql.select("SELECT fired_by FROM scheduling.schedule_firing WHERE schedule = ?", schedule.name()))
                .isEqualTo(sql.select("SELECT current_setting('application_name')"));
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void aFiringThatFailsLeavesNothingAndStaysDue() {
        var broken = new AtomicBoolean(true);
        var schedule = scheduler.schedule(firing -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
        });
        var metrics = new SimpleMeterRegistry();
        var replica = scheduler.replica(schedule, metrics);

        replica.settle(noon);
        assertThat(scheduler.fireTimesOf(schedule)).isEmpty();
        assertThat(scheduler.messagesOf(schedule)).isZero();
        assertThat(TestScheduler.count(metrics, schedule, "failed")).isEqualTo(1);

        broken.set(false);
        replica.catchUp(noon.plusSeconds(10));
        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon);
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void aFiringThatEndsInAnErrorStaysDueAndHarmsNoOther() {
        var schedule = scheduler.schedule(firing -> {
            throw new StackOverflowError("broken");
        });
        var metrics = new SimpleMeterRegistry();

        scheduler.replica(schedule, metrics).catchUp(noon.plusSeconds(10));

        assertThat(scheduler.fireTimesOf(schedule)).isEmpty();
        assertThat(TestScheduler.count(metrics, schedule, "failed")).isEqualTo(1);
    }

    @Test
    void whatWasMissedIsMadeUpForOnce() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).settle(noon);

        var replica = scheduler.replica(schedule);
        replica.catchUp(noon.plus(30, MINUTES).plusSeconds(10));
        replica.catchUp(noon.plus(30, MINUTES).plusSeconds(20));

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon, noon.plus(30, MINUTES));
    }

    @Test
    void nothingIsMadeUpForWhenNothingWasMissed() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).settle(noon);

        scheduler.replica(schedule).catchUp(noon.plusSeconds(59));

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aNewScheduleFiresForItsLastTimeAtOnce() {
        var schedule = scheduler.schedule();

        scheduler.replica(schedule).catchUp(noon.plusSeconds(59));

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aTimeBeforeTheLastFiringIsNotMadeUpFor() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).settle(noon.plus(10, MINUTES));

        scheduler.replica(schedule).settle(noon);

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon.plus(10, MINUTES));
    }

    @Test
    void aFiringThatAWrongClockLeftInTheFutureSilencesTheScheduleNeitherNowNorThen() {
        var schedule = scheduler.schedule();
        sql.update(
                "INSERT INTO scheduling.schedule_firing (schedule, fire_time) VALUES (?, ?)",
                schedule.name(),
                Instant.now().plus(14, HOURS).atOffset(ZoneOffset.UTC));

        scheduler.replica(schedule).settle(noon);

        assertThat(scheduler.fireTimesOf(schedule)).containsExactly(noon);
    }

    @Test
    void aReplicaWhoseClockIsAheadFiresForNoTimeThatIsStillToCome() {
        var schedule = scheduler.schedule();

        scheduler.replica(schedule).catchUp(Instant.now().plus(14, HOURS));

        assertThat(schedule.begun()).isEmpty();
    }

    @Test
    void aReplicaWhoseClockWasAheadGoesOnWhenItIsRightAgain() {
        var schedule = scheduler.schedule();
        var replica = scheduler.replica(schedule);
        var early = Instant.now().plusSeconds(45).truncatedTo(SECONDS);
        replica.settle(early);
        var late = Instant.now();

        replica.catchUp(late);

        assertThat(scheduler.fireTimesOf(schedule)).contains(early).hasSize(2);
    }
}
