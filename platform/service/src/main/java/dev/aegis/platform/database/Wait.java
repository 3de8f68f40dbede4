package dev.aegis.platform.database;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Waits with exponential backoff, and logs for what: at once, when it changes, and every ten seconds. */
final class Wait {
    private static final Logger LOG = Logger.getLogger("dev.aegis.startup");
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final Duration longest;
    private final BooleanSupplier stopping;
    private Duration next;
    private @Nullable String logged;
    private long loggedAt;

    Wait(Duration first, Duration longest, BooleanSupplier stopping) {
        this.next = first;
        this.longest = longest;
        this.stopping = stopping;
    }

    /** @throws StoppedException if the service is told to stop meanwhile */
    void pause(String what) {
        log(what);
        long end = System.nanoTime() + next.toNanos();
        do {
            if (stopping.getAsBoolean()) {
                throw new StoppedException();
            }
            sleep();
        } while (System.nanoTime() < end);
        next = next.multipliedBy(2).compareTo(longest) < 0 ? next.multipliedBy(2) : longest;
    }

    private void log(String what) {
        if (!what.equals(logged) || System.nanoTime() - loggedAt > LOG_INTERVAL.toNanos()) {
            LOG.warnf("Waiting for %s", what);
            logged = what;
            loggedAt = System.nanoTime();
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
