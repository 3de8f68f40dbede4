package dev.aegis.messaging.internal.consumer;

import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches one thread of the connector. The thread reports when it begins to work and when it waits; one that does not report
 * in time is stuck.
 */
public final class ThreadWatch {

    private static final Logger LOG = Logger.getLogger(ThreadWatch.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private final String thread;
    private final Duration timeout;
    private volatile @Nullable Long expectedBy;
    private volatile @Nullable Failure failure;
    private volatile @Nullable Throwable death;

    private record Failure(Throwable cause, long since) {}

    ThreadWatch(String thread, Duration timeout) {
        this.thread = thread;
        this.timeout = timeout;
    }

    /** The thread works, and reports again within the timeout. */
    public void works() {
        expectedBy = System.nanoTime() + timeout.toNanos();
    }

    /** The thread waits for work, for {@code time} at most. */
    public void waits(Duration time) {
        failure = null;
        // Bounded, so that the sum does not overflow.
        var nanos = Math.min(time.toNanos(), Duration.ofDays(365).toNanos());
        expectedBy = System.nanoTime() + nanos + timeout.toNanos();
    }

    /** The thread waits for work, without a limit. */
    public void waits() {
        failure = null;
        expectedBy = null;
    }

    /** Does one round of work. What it throws is logged and ends the round, but not the thread. */
    public void round(Runnable work) {
        works();
        try {
            work.run();
        } catch (Throwable e) {
            var before = failure;
            LOG.errorf(before == null ? e : null, "A round of %s failed, and it goes on: %s", thread, e);
            failure = new Failure(e, before == null ? System.nanoTime() : before.since());
            Sleeper.of(AFTER_A_FAILURE);
        }
    }

    void died(Throwable cause) {
        LOG.errorf(cause, "%s died", thread);
        death = cause;
    }

    /** Why the thread makes no progress; empty while it does. */
    Optional<String> problem() {
        var dead = death;
        if (dead != null) {
            return Optional.of("died: " + dead);
        }
        var failing = failure;
        if (failing != null && System.nanoTime() - failing.since() > timeout.toNanos()) {
            return Optional.of("each round fails: " + failing.cause());
        }
        var deadline = expectedBy;
        if (deadline != null && System.nanoTime() - deadline > 0) {
            var late = Duration.ofNanos(System.nanoTime() - deadline).plus(timeout);
            return Optional.of("stuck for " + late.toMillis() + " ms");
        }
        return Optional.empty();
    }
}
