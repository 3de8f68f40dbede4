package dev.aegis.platform.schedule;

import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ScheduleRunsTest {

    @Inject
    TestScheduler scheduler;

    @Inject
    Sql sql;

    /** A minute on the grid, far enough in the past that minutes after it are past as well. */
    private final Instant noon = Instant.now().truncatedTo(MINUTES).minus(600, MINUTES);

    @Test
    void aRunRecordsWhenItWasDueAndWhoDidItAndWhatItSent() {
        var schedule = scheduler.schedule();
        var replica = scheduler.replica(schedule);

        replica.runFor(noon);

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
        assertThat(sql.select("SELECT sent FROM scheduling.schedule_run WHERE schedule = ?", schedule.name()))
                .containsExactly("1");
        assertThat(sql.select("SELECT run_by FROM scheduling.schedule_run WHERE schedule = ?", schedule.name()))
                .isEqualTo(sql.select("SELECT current_setting('application_name')"));
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(1);
        assertThat(replica.count("completed")).isEqualTo(1);
        assertThat(replica.longestLag()).isBetween(Duration.ofMinutes(600), Duration.ofMinutes(602));
    }

    @Test
    void aRunThatFailsLeavesNothingAndStaysDue() {
        var broken = new AtomicBoolean(true);
        var schedule = scheduler.schedule(() -> {
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
        });
        var replica = scheduler.replica(schedule);

        replica.runFor(noon);
        assertThat(scheduler.runsOf(schedule)).isEmpty();
        assertThat(scheduler.messagesOf(schedule)).isZero();
        assertThat(replica.count("failed")).isEqualTo(1);

        broken.set(false);
        replica.runAt(noon.plusSeconds(10));
        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
        assertThat(scheduler.messagesOf(schedule)).isEqualTo(1);
    }

    @Test
    void aRunThatEndsInAnErrorStaysDueAndHarmsNoOther() {
        var schedule = scheduler.schedule(() -> {
            throw new StackOverflowError("broken");
        });
        var replica = scheduler.replica(schedule);

        replica.runAt(noon.plusSeconds(10));

        assertThat(scheduler.runsOf(schedule)).isEmpty();
        assertThat(replica.count("failed")).isEqualTo(1);
    }

    @Test
    void whatWasMissedIsCaughtUpOnce() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).runFor(noon);

        var replica = scheduler.replica(schedule);
        replica.runAt(noon.plus(30, MINUTES).plusSeconds(10));
        replica.runAt(noon.plus(30, MINUTES).plusSeconds(20));

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon, noon.plus(30, MINUTES));
    }

    @Test
    void nothingIsCaughtUpWhenNothingWasMissed() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).runFor(noon);

        scheduler.replica(schedule).runAt(noon.plusSeconds(59));

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
    }

    @Test
    void aNewScheduleRunsForItsLastTimeAtOnce() {
        var schedule = scheduler.schedule();

        scheduler.replica(schedule).runAt(noon.plusSeconds(59));

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
    }

    @Test
    void aTimeBeforeTheLastRunIsNotCaughtUp() {
        var schedule = scheduler.schedule();
        scheduler.replica(schedule).runFor(noon.plus(10, MINUTES));

        scheduler.replica(schedule).runFor(noon);

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon.plus(10, MINUTES));
    }

    @Test
    void aRunThatAWrongClockLeftInTheFutureSilencesTheScheduleNeitherNowNorThen() {
        var schedule = scheduler.schedule();
        sql.update(
                "INSERT INTO scheduling.schedule_run (schedule, due_at) VALUES (?, ?)",
                schedule.name(),
                Instant.now().plus(14, HOURS).atOffset(ZoneOffset.UTC));

        scheduler.replica(schedule).runFor(noon);

        assertThat(scheduler.runsOf(schedule)).containsExactly(noon);
    }

    @Test
    void aReplicaWhoseClockIsAheadRunsForNoTimeInTheFuture() {
        var schedule = scheduler.schedule();

        scheduler.replica(schedule).runWithAClockThatIsAheadBy(Duration.ofHours(14));

        assertThat(scheduler.runsOf(schedule)).hasSize(1).allMatch(dueAt -> dueAt.isBefore(Instant.now()));
    }

    @Test
    void aReplicaWhoseClockWasAheadGoesOnWhenItIsRightAgain() {
        var schedule = scheduler.schedule();
        var replica = scheduler.replica(schedule);
        var early = Instant.now().plusSeconds(45).truncatedTo(SECONDS);
        replica.runFor(early);
        var late = Instant.now();

        replica.runAt(late);

        assertThat(scheduler.runsOf(schedule)).contains(early).hasSize(2);
    }
}
