package dev.aegis.platform.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** The firings in {@code scheduling.schedule_firing}. Every method works in the caller's transaction. */
@ApplicationScoped
class Firings {

    private static final Logger LOG = Logger.getLogger(Firings.class);

    private static final double TOLERANCE = DatabaseClock.TOLERANCE.toSeconds();

    private final Session database;

    Firings(Session database) {
        this.database = database;
    }

    /**
     * Keeps other replicas from the schedule until the transaction ends, without ever waiting for them.
     *
     * @return whether no other replica is at work on it
     */
    boolean lock(String schedule) {
        return database.createNativeQuery(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended('aegis.schedule.' || :schedule, 0))",
                        Boolean.class)
                .setParameter("schedule", schedule)
                .getSingleResult();
    }

    /** Whether a time is still to come, by the clock of the database. */
    boolean isFuture(Instant time) {
        return database.createNativeQuery("SELECT :time > now() + make_interval(secs => :tolerance)", Boolean.class)
                .setParameter("time", time)
                .setParameter("tolerance", TOLERANCE)
                .getSingleResult();
    }

    /** Removes the firings that the database's clock left when it was ahead: their times are still to come, and must fire. */
    void removeFuture(String schedule) {
        var removed = database.createNativeMutationQuery("""
                        DELETE FROM scheduling.schedule_firing
                        WHERE schedule = :schedule AND fire_time > now() + make_interval(secs => :tolerance)
                        """)
                .setParameter("schedule", schedule)
                .setParameter("tolerance", TOLERANCE)
                .executeUpdate();
        if (removed > 0) {
            LOG.warnf("Removed %d firings of %s that have yet to come: a clock was ahead", removed, schedule);
        }
    }

    /**
     * Records a firing, unless the schedule has fired for this time or for a later one. A firing in the future does not
     * count: it must not silence the schedule.
     *
     * @return the firing, if it is the caller's to do
     */
    Optional<Firing> record(String schedule, Instant time) {
        return database.createNativeQuery("""
                        INSERT INTO scheduling.schedule_firing (schedule, fire_time)
                        SELECT :schedule, :time
                        WHERE NOT EXISTS (
                            SELECT FROM scheduling.schedule_firing
                            WHERE schedule = :schedule AND fire_time BETWEEN :time AND now())
                        ON CONFLICT DO NOTHING
                        RETURNING id
                        """, Long.class)
                .setParameter("schedule", schedule)
                .setParameter("time", time)
                .uniqueResultOptional()
                .map(id -> new Firing(id, schedule, time));
    }

    /**
     * Notes how many messages a firing sent.
     *
     * @return how long ago it was due
     */
    Duration recordSent(Firing firing, int sent) {
        var seconds = database.createNativeQuery("""
                        UPDATE scheduling.schedule_firing SET sent = :sent WHERE id = :id
                        RETURNING CAST(extract(epoch FROM clock_timestamp() - fire_time) AS double precision)
                        """, Double.class)
                .setParameter("sent", sent)
                .setParameter("id", firing.id())
                .getSingleResult();
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
