package dev.aegis.platform.retention;

import dev.aegis.platform.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Removes rows that are kept no longer, in transactions of at most {@value #BATCH} rows, so that no lock is held for long. Any
 * number of replicas may do it at the same time. Thread-safe.
 */
@ApplicationScoped
public class ExpiredRows {

    private static final int BATCH = 1_000;

    private static final Logger LOG = Logger.getLogger(ExpiredRows.class);

    private final Database database;

    ExpiredRows(Database database) {
        this.database = database;
    }

    /**
     * Removes them until fewer than a whole batch are found.
     *
     * @param what names them in the log, in the plural
     * @param deletion a DELETE in SQL that removes at most {@code :batch} rows that are older than {@code :retention} seconds,
     *     and skips rows that are locked
     * @param retention how long they are kept
     * @return how many rows were removed
     */
    public long remove(String what, String deletion, Duration retention) {
        var total = 0L;
        int removed;
        do {
            removed = database.compute(entities -> entities.unwrap(Session.class)
                    .createNativeMutationQuery(deletion)
                    .setParameter("retention", (double) retention.toSeconds())
                    .setParameter("batch", BATCH)
                    .executeUpdate());
            total += removed;
        } while (removed == BATCH);
        if (total > 0) {
            LOG.infof("Removed %d %s that were kept for %s", total, what, retention);
        }
        return total;
    }
}
