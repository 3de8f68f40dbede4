package dev.aegis.messaging.internal.receive;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; raised while nobody waits, it is not lost. */
final class WakeUp {

    private final Semaphore raised = new Semaphore(0);

    void raise() {
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until it is raised, at most for {@code time}, and returns whether it was. */
    boolean await(Duration time) {
        try {
            if (raised.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
                raised.drainPermits();
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
