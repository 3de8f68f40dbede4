package dev.aegis.platform.retention;

import dev.aegis.platform.database.Database;
import dev.aegis.platform.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.ToIntFunction;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Deletes expired rows in transactions of at most {@value #BATCH} rows, so that no lock is held for long. Any
 * number of replicas may do it at the same time. Thread-safe.
 */
@ApplicationScoped
public class ExpiredRows {

    private static final int BATCH = 1_000;

    private static final Logger LOG = Logger.getLogger(ExpiredRows.class);

    private final Database database;
    private final DatabaseClock clock;

    ExpiredRows(Database database, DatabaseClock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Deletes batches until one is not full.
     *
     * @param what the name of the rows for the log, in the plural
     * @param deletion a DELETE in SQL of about {@code :batch} rows that are older than {@code :retention} seconds, which skips
     *     locked rows
     * @param retention how long they are kept
     * @return how many rows were removed
     */
    public long remove(String what, String deletion, Duration retention) {
        return remove(what, retention, session -> session.createNativeMutationQuery(deletion)
                .setParameter("retention", (double) retention.toSeconds())
                .setParameter("batch", BATCH)
                .executeUpdate());
    }

    /**
     * Removes entities, the oldest first, until a batch is not full. Locked rows are left to the next call.
     *
     * @param what the name of the entities for the log, in the plural
     * @param entity a class with an attribute {@code id}
     * @param time the attribute that the retention counts from; entities where it is null are kept
     * @param retention how long they are kept, by the clock of the database
     * @return how many were removed
     */
    public long remove(String what, Class<?> entity, String time, Duration retention) {
        return remove(what, retention, session -> {
            var ids = session.createSelectionQuery(
                            "select e.id from %1$s e where e.%2$s < :end order by e.%2$s"
                                    .formatted(entity.getName(), time),
                            Object.class)
                    .setParameter("end", clock.now().minus(retention))
                    .setMaxResults(BATCH)
                    .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                    .getResultList();
            if (ids.isEmpty()) {
                return 0;
            }
            return session.createMutationQuery("delete from %s where id in :ids".formatted(entity.getName()))
                    .setParameterList("ids", ids)
                    .executeUpdate();
        });
    }

    private long remove(String what, Duration retention, ToIntFunction<Session> removeBatch) {
        var total = 0L;
        int removed;
        do {
            removed = database.compute(entities -> removeBatch.applyAsInt(entities.unwrap(Session.class)));
            total += removed;
        } while (removed >= BATCH);
        if (total > 0) {
            LOG.infof("Removed %d %s that were older than %s", total, what, retention);
        }
        return total;
    }
}
