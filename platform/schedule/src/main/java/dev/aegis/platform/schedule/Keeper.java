package dev.aegis.platform.schedule;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Keeps one schedule on time in this replica. Each of its times is settled once: by firing, or by seeing that another
 * replica has fired. What could not be settled, because the work failed or the database was away, stays due.
 */
final class Keeper {

    private static final Logger LOG = Logger.getLogger(Keeper.class);

    private final Schedule schedule;
    private final String name;
    private final FireTimes times;
    private final Ignition ignition;
    private final FiringMetrics metrics;
    private final ReentrantLock atWork = new ReentrantLock();

    /** The last time that was settled. One before it is not settled by that: the clock may have been ahead. */
    private Instant settled = Instant.MIN;

    private boolean failing;

    Keeper(Schedule schedule, FireTimes times, Ignition ignition, FiringMetrics metrics) {
        this.schedule = schedule;
        this.name = schedule.name();
        this.times = times;
        this.ignition = ignition;
        this.metrics = metrics;
    }

    String name() {
        return name;
    }

    FireTimes times() {
        return times;
    }

    /**
     * Settles the last time at which the schedule was due, if that is still open. So what was missed is made up for once,
     * however often it was missed.
     */
    void catchUp(Instant now) {
        times.lastBefore(now).ifPresent(this::settle);
    }

    /** Settles a time at which the schedule is due; leaves it to the next {@link #catchUp} if that cannot be done now. */
    void settle(Instant time) {
        if (!atWork.tryLock()) {
            return;
        }
        try {
            if (!time.equals(settled) && fire(time)) {
                settled = time;
            }
        } finally {
            atWork.unlock();
        }
    }

    /**
     * Settles nothing any more, and lets the firing that is at work come to its end.
     *
     * @return whether it did within the time; if not, it will be rolled back
     */
    boolean retire(Duration patience) throws InterruptedException {
        return atWork.tryLock(patience.toNanos(), NANOSECONDS);
    }

    /** Returns whether the time is settled. */
    private boolean fire(Instant time) {
        try {
            var attempt = ignition.fire(schedule, time);
            metrics.record(attempt);
            failing = false;
            switch (attempt.result()) {
                case FIRED -> LOG.infof("%s fired for %s: %d sent", name, time, attempt.sent());
                case SKIPPED -> LOG.debugf("%s has fired for %s", name, time);
                case BUSY -> LOG.debugf("%s is being fired by another replica", name);
                case EARLY -> LOG.debugf("%s is not due yet for %s", name, time);
            }
            return attempt.isSettled();
        } catch (RuntimeException | Error e) { // an error, too, is this schedule's alone: the others are still due
            metrics.recordFailure();
            report(e, time);
            return false;
        }
    }

    /** Where it failed is told once, until it works again: an outage lasts for many tries. */
    private void report(Throwable failure, Instant time) {
        if (failing) {
            LOG.errorf("%s still can't fire for %s: %s", name, time, failure);
        } else {
            LOG.errorf(failure, "%s could not fire for %s, and stays due", name, time);
        }
        failing = true;
    }
}
