package dev.aegis.platform.schedule;

import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Runs schedules, each once for each of its times, whichever replicas try: whoever inserts the row of a run does its work. */
@ApplicationScoped
class ScheduleRuns {

    private static final Logger LOG = Logger.getLogger(ScheduleRuns.class);

    private final Session database;
    private final TransactionSynchronizationRegistry transaction;

    ScheduleRuns(Session database, TransactionSynchronizationRegistry transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * @param completed whether it ran now; if not, that time has had its run
     * @param lag from when it was due to the end of its work
     */
    record Result(Instant dueAt, boolean completed, int sent, Duration lag) {}

    /**
     * Does the work if the schedule is due.
     *
     * @param lastDue the last time at which it was due, by the clock of the database
     * @return empty if another replica is at it, which may yet fail, or if there is no such time
     */
    @Transactional(REQUIRES_NEW)
    Optional<Result> runIfDue(String schedule, Function<Instant, Optional<Instant>> lastDue, Callable<?> work)
            throws Exception {
        var start = System.nanoTime();
        var now = lock(schedule).orElse(null);
        if (now == null) {
            return Optional.empty();
        }
        removeFuture(schedule, now);
        var dueAt = lastDue.apply(now).orElse(null);
        if (dueAt == null) {
            return Optional.empty();
        }
        if (hasRun(schedule, dueAt, now)) {
            return Optional.of(new Result(dueAt, false, 0, Duration.ZERO));
        }
        var run = new ScheduleRun(schedule, dueAt);
        database.persist(run);
        transaction.putResource(ScheduleRun.class, run);
        work.call();
        var lag = Duration.between(dueAt, now).plusNanos(System.nanoTime() - start);
        return Optional.of(new Result(dueAt, true, run.sent(), lag));
    }

    @Produces
    @TransactionScoped
    ScheduleRun current() {
        if (transaction.getResource(ScheduleRun.class) instanceof ScheduleRun run) {
            return run;
        }
        throw new IllegalStateException("This transaction is not the run of a schedule.");
    }

    /**
     * Keeps other replicas from the schedule until the transaction ends, without ever waiting for them.
     *
     * @return the time of the database; empty if another replica is at work on the schedule
     */
    private Optional<Instant> lock(String schedule) {
        return database.createNativeQuery("""
                        SELECT CASE WHEN pg_try_advisory_xact_lock(hashtextextended('scheduling.' || :schedule, 0))
                            THEN clock_timestamp() END
                        """, Instant.class)
                .setParameter("schedule", schedule)
                .uniqueResultOptional();
    }

    /** Removes the runs that a clock that was ahead has left: their times are still to come, and must have their run then. */
    private void removeFuture(String schedule, Instant now) {
        var removed = database.createMutationQuery("DELETE ScheduleRun WHERE schedule = :schedule AND dueAt > :latest")
                .setParameter("schedule", schedule)
                .setParameter("latest", now.plus(ScheduleClock.TOLERANCE))
                .executeUpdate();
        if (removed > 0) {
            LOG.warnf("Removed %d runs of %s in the future: a clock was ahead", removed, schedule);
        }
    }

    /** Whether there is a run for this time, or for a later one that is not in the future. */
    private boolean hasRun(String schedule, Instant dueAt, Instant now) {
        return database.createSelectionQuery("""
                        SELECT count(*) > 0 FROM ScheduleRun
                        WHERE schedule = :schedule AND dueAt BETWEEN :dueAt AND :latest
                        """, Boolean.class)
                .setParameter("schedule", schedule)
                .setParameter("dueAt", dueAt)
                .setParameter("latest", now.isAfter(dueAt) ? now : dueAt)
                .getSingleResult();
    }
}
