package dev.aegis.platform.schedule;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ScheduleRunner runner;
    private volatile Function<Instant, Optional<Instant>> lastDue = now -> Optional.empty();

    TestReplica(TestSchedule schedule, ScheduleRuns runs) {
        this.schedule = schedule;
        this.runner = new ScheduleRunner(schedule.name(), now -> lastDue.apply(now), runs, metrics);
    }

    /** Runs the schedule if it is due at that time and has not run for it. */
    void runFor(Instant dueAt) {
        lastDue = now -> Optional.of(dueAt);
        run();
    }

    /** Runs the schedule if it is due, at a certain time of day. */
    void runAt(Instant now) {
        lastDue = database -> EACH_MINUTE.lastBefore(now);
        run();
    }

    /** Runs the schedule if it is due, by a clock of this replica that is ahead. */
    void runWithAClockThatIsAheadBy(Duration lead) {
        lastDue = database -> EACH_MINUTE.lastBefore(
                new ScheduleClock().now(database, Instant.now().plus(lead)));
        run();
    }

    private void run() {
        runner.runIfDue(Executors.callable(schedule::run));
    }

    boolean shutdown(Duration gracePeriod) throws InterruptedException {
        return runner.shutdown(gracePeriod);
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
