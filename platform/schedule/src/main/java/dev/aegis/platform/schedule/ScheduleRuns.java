package dev.aegis.platform.schedule;

import dev.aegis.platform.database.DatabaseClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs schedules, each once for each of its times, whichever replicas try: whoever inserts the row of a run does its work, in
 * the same transaction. Logs and counts the runs.
 */
@ApplicationScoped
class ScheduleRuns implements PanacheRepository<ScheduleRun> {

    private static final Logger LOG = Logger.getLogger(ScheduleRuns.class);

    /** Keeps other replicas from the schedule until the transaction ends; selects nothing if one of them does so already. */
    private static final String LOCK =
            "SELECT clock_timestamp() WHERE pg_try_advisory_xact_lock(hashtextextended('scheduling.' || ?1, 0))";

    /** @param lag from when it was due to the end of its work */
    private record Completed(ScheduleRun run, Duration lag) {}

    private final TransactionSynchronizationRegistry transaction;
    private final MeterRegistry metrics;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> lastSkipped = new ConcurrentHashMap<>();
    private volatile boolean started;

    ScheduleRuns(TransactionSynchronizationRegistry transaction, MeterRegistry metrics) {
        this.transaction = transaction;
        this.metrics = metrics;
    }

    /** Creates the metrics of a schedule, so that they exist before its first run. */
    void register(String schedule) {
        List.of("completed", "skipped", "failed").forEach(outcome -> counter(schedule, outcome));
    }

    /** Until then, no schedule runs. */
    void start() {
        started = true;
    }

    /** From then on, no schedule runs. Returns those whose run did not end in time. */
    Set<String> stop(Duration gracePeriod) throws InterruptedException {
        started = false;
        var deadline = System.nanoTime() + gracePeriod.toNanos();
        synchronized (running) {
            for (var left = gracePeriod.toNanos();
                    left > 0 && !running.isEmpty();
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(running, left);
            }
        }
        return Set.copyOf(running);
    }

    /**
     * Does the work of a schedule if it is due and not in progress.
     *
     * @param lastDue the last time at which it was due, by the clock of the database; empty if there is none
     */
    void runIfDue(String schedule, Function<Instant, Optional<Instant>> lastDue, Callable<?> work) {
        if (!running.add(schedule)) {
            return;
        }
        try {
            if (!started) { // looked at after it is noted as running, so that stop() sees each run that goes on
                return;
            }
            var completed = QuarkusTransaction.requiringNew().call(() -> run(schedule, lastDue, work));
            completed.ifPresent(run -> report(schedule, run));
            failing.remove(schedule);
        } catch (Throwable e) { // an error, too, is this schedule's alone: the others are still due
            report(schedule, e);
        } finally {
            running.remove(schedule);
            synchronized (running) {
                running.notifyAll();
            }
        }
    }

    private Optional<Completed> run(String schedule, Function<Instant, Optional<Instant>> lastDue, Callable<?> work)
            throws Exception {
        var start = System.nanoTime();
        var now = getSession()
                .createNativeQuery(LOCK, Instant.class)
                .setParameter(1, schedule)
                .uniqueResult();
        if (now == null) { // in progress in another replica, where it may still fail
            return Optional.empty();
        }
        var due = lastDue.apply(now);
        var runs = runsSince(schedule, due.orElse(now));
        if (runs.stream().anyMatch(run -> isFuture(run, now))) {
            removeFutureRuns(schedule, now);
        }
        if (due.isEmpty()) {
            return Optional.empty();
        }
        if (runs.stream().anyMatch(run -> !run.isAfter(Collections.max(List.of(due.get(), now))))) {
            countSkipped(schedule, due.get());
            return Optional.empty();
        }
        var run = new ScheduleRun(schedule, due.get());
        persist(run);
        transaction.putResource(ScheduleRun.class, run);
        work.call();
        return Optional.of(new Completed(run, Duration.between(run.dueAt(), now).plusNanos(System.nanoTime() - start)));
    }

    /** Removes those that a clock that was ahead has left: their times are still to come, and must have their run then. */
    private void removeFutureRuns(String schedule, Instant now) {
        var removed = delete("schedule = ?1 AND dueAt > ?2", schedule, now.plus(DatabaseClock.TOLERANCE));
        LOG.warnf("Removed %d runs of %s in the future: a clock was ahead", removed, schedule);
    }

    private static boolean isFuture(Instant dueAt, Instant now) {
        return dueAt.isAfter(now.plus(DatabaseClock.TOLERANCE));
    }

    /** The times from {@code first} on for which the schedule has run. */
    private List<Instant> runsSince(String schedule, Instant first) {
        return find("SELECT dueAt FROM ScheduleRun WHERE schedule = ?1 AND dueAt >= ?2", schedule, first)
                .project(Instant.class)
                .list();
    }

    /** Counts a time of the schedule once, however often it is checked. */
    private void countSkipped(String schedule, Instant dueAt) {
        if (!dueAt.equals(lastSkipped.put(schedule, dueAt))) {
            counter(schedule, "skipped").increment();
        }
    }

    @Produces
    @TransactionScoped
    ScheduleRun current() {
        return Optional.ofNullable((ScheduleRun) transaction.getResource(ScheduleRun.class))
                .orElseThrow(() -> new IllegalStateException("This transaction is not the run of a schedule."));
    }

    private void report(String schedule, Completed completed) {
        var run = completed.run();
        LOG.infof("%s ran for %s: %d sent", schedule, run.dueAt(), run.sent());
        counter(schedule, "completed").increment();
        metrics.timer("aegis.schedule.lag", "schedule", schedule).record(completed.lag());
    }

    /** The stack trace is logged once until it works again: an outage lasts for many tries. */
    void report(String schedule, Throwable failure) {
        counter(schedule, "failed").increment();
        LOG.errorf(failing.add(schedule) ? failure : null, "%s failed, and stays due: %s", schedule, failure);
    }

    private Counter counter(String schedule, String outcome) {
        return metrics.counter("aegis.schedule.runs", "schedule", schedule, "outcome", outcome);
    }
}
