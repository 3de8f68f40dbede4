package dev.aegis.platform.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * The time by which schedules are due. That of the database decides, because all replicas have it; a replica goes by its own
 * clock, which its triggers follow, as long as the two agree within a minute.
 */
@ApplicationScoped
class ScheduleClock {

    /** By how much the clocks of a cluster may differ without anything being wrong. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(ScheduleClock.class);

    private volatile boolean warned;

    Instant now(Instant database) {
        return now(database, Instant.now());
    }

    Instant now(Instant database, Instant own) {
        var difference = Duration.between(database, own);
        var agree = difference.abs().compareTo(TOLERANCE) <= 0;
        if (!agree && !warned) {
            LOG.warnf("The clock of this machine is off by %s: schedules follow that of the database", difference);
        }
        warned = !agree;
        return agree ? own : database;
    }
}
