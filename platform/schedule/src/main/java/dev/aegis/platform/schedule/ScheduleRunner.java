package dev.aegis.platform.schedule;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Runs one schedule in this replica, one run at a time, and tells of it in logs and metrics. */
final class ScheduleRunner {

    private static final Logger LOG = Logger.getLogger(ScheduleRunner.class);

    private final String schedule;
    private final Function<Instant, Optional<Instant>> lastDue;
    private final ScheduleRuns runs;
    private final MeterRegistry metrics;
    private final ReentrantLock atWork = new ReentrantLock();
    private Instant lastSkipped = Instant.MIN;
    private volatile boolean failing;

    ScheduleRunner(
            String schedule, Function<Instant, Optional<Instant>> lastDue, ScheduleRuns runs, MeterRegistry metrics) {
        this.schedule = schedule;
        this.lastDue = lastDue;
        this.runs = runs;
        this.metrics = metrics;
        List.of("completed", "skipped", "failed").forEach(this::counter); // there from the start
    }

    private Counter counter(String outcome) {
        return metrics.counter("aegis.schedule.runs", "schedule", schedule, "outcome", outcome);
    }

    /** Does the work if the schedule is due and nobody is at it. */
    void runIfDue(Callable<?> work) {
        if (!atWork.tryLock()) {
            return;
        }
        try {
            runs.runIfDue(schedule, lastDue, work).ifPresent(this::report);
            failing = false;
        } catch (Throwable e) { // an error, too, is this schedule's alone: the others are still due
            report(e);
        } finally {
            atWork.unlock();
        }
    }

    private void report(ScheduleRuns.Result result) {
        if (result.completed()) {
            LOG.infof("%s ran for %s: %d sent", schedule, result.dueAt(), result.sent());
            counter("completed").increment();
            metrics.timer("aegis.schedule.lag", "schedule", schedule).record(result.lag());
        } else if (!result.dueAt().equals(lastSkipped)) { // each time counts once, however often it is looked at
            lastSkipped = result.dueAt();
            counter("skipped").increment();
        }
    }

    /** Where it failed is told once, until it works again: an outage lasts for many tries. */
    void report(Throwable failure) {
        counter("failed").increment();
        LOG.errorf(failing ? null : failure, "%s failed, and stays due: %s", schedule, failure);
        failing = true;
    }

    /** Runs nothing any more. Returns whether the run that is at work came to its end within the time. */
    boolean shutdown(Duration gracePeriod) throws InterruptedException {
        return atWork.tryLock(gracePeriod.toNanos(), NANOSECONDS);
    }
}
