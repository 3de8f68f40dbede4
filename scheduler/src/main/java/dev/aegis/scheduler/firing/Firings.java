package dev.aegis.scheduler.firing;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/** The firings in {@code scheduling.schedule_firing}. Every method works in the caller's transaction. */
@ApplicationScoped
class Firings {

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

    /**
     * Records a firing, unless the schedule has fired for this time or for a later one. A firing in the future, which a
     * clock that was wrong may have left, does not count: it must not silence the schedule.
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

    /** Notes how many messages a firing sent. */
    void recordSent(Firing firing, int sent) {
        database.createNativeMutationQuery("UPDATE scheduling.schedule_firing SET sent = :sent WHERE id = :id")
                .setParameter("sent", sent)
                .setParameter("id", firing.id())
                .executeUpdate();
    }
}
