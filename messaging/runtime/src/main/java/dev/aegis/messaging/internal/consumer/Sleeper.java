package dev.aegis.messaging.internal.consumer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between two tries; an interrupt ends it early, and clears. */
public final class Sleeper {

    private Sleeper() {}

    public static void of(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        Thread.interrupted();
    }
}
