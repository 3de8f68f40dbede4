package dev.aegis.platform.database;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Waits with exponential backoff, and logs what for: at once, when that changes, and every ten seconds. */
final class Wait {
    private static final Logger LOG = Logger.getLogger("dev.aegis.startup");
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final Duration longest;
    private final BooleanSupplier stopping;
    private Duration next;
    private @Nullable String said;
    private long saidAt;

    Wait(Duration first, Duration longest, BooleanSupplier stopping) {
        this.next = first;
        this.longest = longest;
        this.stopping = stopping;
    }

    /** @throws StoppedException if the service is told to stop meanwhile */
    void pause(String what) {
        say(what);
        long end = System.nanoTime() + next.toNanos();
        do {
            if (stopping.getAsBoolean()) {
                throw new StoppedException();
            }
            sleep();
        } while (System.nanoTime() < end);
        next = next.multipliedBy(2).compareTo(longest) < 0 ? next.multipliedBy(2) : longest;
    }

    private void say(String what) {
        if (!what.equals(said) || System.nanoTime() - saidAt > LOG_INTERVAL.toNanos()) {
            LOG.warnf("Waiting for %s", what);
            said = what;
            saidAt = System.nanoTime();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }
}
