package dev.aegis.platform.schedule;

import dev.aegis.platform.database.DatabaseClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What a replica has of its own for a schedule, which is due each minute. */
final class TestReplica {

    private static final CronSchedule EACH_MINUTE = CronSchedule.of("0 * * * * ?", ZoneOffset.UTC);

    private final TestSchedule schedule;
    private final DatabaseClock clock;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ScheduleRuns runs;

    TestReplica(TestSchedule schedule, DatabaseClock clock, TransactionSynchronizationRegistry transaction) {
        this.schedule = schedule;
        this.clock = clock;
        this.runs = new ScheduleRuns(transaction, metrics);
        runs.register(schedule.name());
        runs.start();
    }

    /** Runs the schedule if it is due at that time and has not run for it. */
    void runFor(Instant dueAt) {
        run(database -> Optional.of(dueAt));
    }

    /** Runs the schedule if it is due, at a certain time of day. */
    void runAt(Instant now) {
        run(database -> EACH_MINUTE.lastBefore(now));
    }

    /** Runs the schedule if it is due, by a clock of this replica that is ahead. */
    void runWithAClockThatIsAheadBy(Duration lead) {
        run(database ->
                EACH_MINUTE.lastBefore(clock.agreed(database, Instant.now().plus(lead))));
    }

    private void run(Function<Instant, Optional<Instant>> lastDue) {
        runs.runIfDue(schedule.name(), lastDue, Executors.callable(schedule::run));
    }

    /** Whether the run that is at work came to its end within the time. */
    boolean shutdown(Duration gracePeriod) throws InterruptedException {
        return runs.stop(gracePeriod).isEmpty();
    }

    double count(String outcome) {
        return metrics.get("aegis.schedule.runs")
                .tags("schedule", schedule.name(), "outcome", outcome)
                .counter()
                .count();
    }

    Duration longestLag() {
        return Duration.ofNanos((long) metrics.get("aegis.schedule.lag").timer().max(TimeUnit.NANOSECONDS));
    }
}
