package dev.aegis.messaging.internal.consumer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Sleeps between two tries. An interrupt ends the sleep early and is cleared. */
public final class Sleeper {

    private Sleeper() {}

    public static void of(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        Thread.interrupted();
    }
}
