package dev.aegis.worker.housekeeping;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** What the system remembers of its past, and forgets after a while. */
@ApplicationScoped
class History {

    /** Few enough that no lock is held for long. */
    private static final int BATCH = 1_000;

    private static final Logger LOG = Logger.getLogger(History.class);

    private final Session database;

    History(Session database) {
        this.database = database;
    }

    /**
     * Removes what is older, oldest first, in transactions of at most a thousand rows; rows that somebody else holds are
     * left to the next time.
     *
     * @return how many rows were removed
     */
    long prune(Chapter chapter, Duration retention) {
        var total = 0L;
        int removed;
        do {
            removed = QuarkusTransaction.requiringNew().call(() -> removeBatch(chapter, retention));
            total += removed;
            if (removed > 0) {
                LOG.infof("Pruned %d %s", total, chapter.title());
            }
        } while (removed == BATCH);
        return total;
    }

    private int removeBatch(Chapter chapter, Duration retention) {
        return database.createNativeMutationQuery(chapter.removal())
                .setParameter("retention", (double) retention.toSeconds())
                .setParameter("batch", BATCH)
                .executeUpdate();
    }
}
