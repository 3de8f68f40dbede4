package dev.aegis.platform.schedule;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * The time by which schedules are due. That of the database decides, because all replicas have it; a replica goes by its own
 * clock as long as the two agree within a minute, and asks again and again whether they do.
 */
@ApplicationScoped
class DatabaseClock {

    /** By how much the clocks of a cluster may differ without anything being wrong. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    private final Session database;
    private volatile Duration correction = Duration.ZERO;

    DatabaseClock(Session database) {
        this.database = database;
    }

    Instant now() {
        return Instant.now().plus(correction);
    }

    /** Compares this machine's clock with that of the database; while that is away, what was found last holds. */
    void compare() {
        try {
            var theirs = QuarkusTransaction.requiringNew().call(this::read);
            correct(Duration.between(Instant.now(), theirs));
        } catch (RuntimeException e) {
            LOG.debugf(e, "The database does not say what time it is");
        }
    }

    private Instant read() {
        return database.createNativeQuery("SELECT clock_timestamp()", Instant.class)
                .getSingleResult();
    }

    void correct(Duration difference) {
        var right = difference.abs().compareTo(TOLERANCE) <= 0;
        if (!right && correction.isZero()) {
            LOG.warnf("The clock of this machine differs from the database's by %s, which decides", difference);
        } else if (right && !correction.isZero()) {
            LOG.info("The clock of this machine agrees with the database's again");
        }
        correction = right ? Duration.ZERO : difference;
    }
}
