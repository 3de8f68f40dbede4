package dev.aegis.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** The clock of the database. Times in rows are set and compared by it, since those of machines differ. Thread-safe. */
@ApplicationScoped
public class DatabaseClock {

    /**
     * How far clocks may be apart without anything being wrong: those of machines, and those of database servers of which one
     * takes over from the other. A time that is further in the future was left by a clock that was wrong.
     */
    public static final Duration TOLERANCE = Duration.ofMinutes(1);

    /**
     * The current time in HQL, for a query that selects something else too. Unlike HQL's {@code instant}, it is not the time at
     * which the transaction began, which may have waited for a lock since. A query that locks rows itself tells the time before
     * it waits for them, unless what it waited for has changed them. It is not cast to {@code Instant}, because Hibernate
     * looks that name up in lower case of the default locale, and in Turkish finds nothing: there it begins with a dotless i.
     */
    public static final String NOW = "function('clock_timestamp' as OffsetDateTime)";

    private static final Logger LOG = Logger.getLogger(DatabaseClock.class);

    private final Session session;
    private volatile boolean warned;

    DatabaseClock(Session session) {
        this.session = session;
    }

    /** The current time. */
    public Instant now() {
        return session.createSelectionQuery("select " + NOW, OffsetDateTime.class)
                .getSingleResult()
                .toInstant();
    }

    /**
     * The time of a machine for what the machine does by its own clock, such as schedules: its own as long as the two agree
     * within {@link #TOLERANCE}, else that of the database, which all machines have. Warns when they begin to differ.
     */
    public Instant agreed(Instant database, Instant machine) {
        var difference = Duration.between(database, machine);
        var agree = difference.abs().compareTo(TOLERANCE) <= 0;
        if (!agree && !warned) {
            LOG.warnf("The clock of this machine is off by %s: it goes by that of the database", difference);
        }
        warned = !agree;
        return agree ? machine : database;
    }
}
