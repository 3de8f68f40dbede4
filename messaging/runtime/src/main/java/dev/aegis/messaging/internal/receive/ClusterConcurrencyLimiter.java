package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.SlotStatements;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What one queue may run at once over all processes: a message is claimed only for a slot of the cluster that this
 * process holds. It keeps its slots as long as there are messages for them.
 *
 * <p>For one thread.
 */
final class ClusterConcurrencyLimiter {

    private final String queue;
    private final int limit;
    private final ConnectorDatabase database;
    private final Deque<Integer> slots = new ArrayDeque<>();
    private long holder = -1;

    /** @param limit how many messages may be in flight at once */
    ClusterConcurrencyLimiter(String queue, int limit, ConnectorDatabase database) {
        this.queue = queue;
        this.limit = limit;
        this.database = database;
    }

    void prepare() throws SQLException {
        database.own(connection -> SlotStatements.create(connection, queue, limit));
    }

    /** How many of {@code requested} messages may be claimed while {@code occupied} ones are in flight. */
    int allow(long consumer, int requested, int occupied) throws SQLException {
        if (consumer != holder) {
            slots.clear();
            holder = consumer;
        }
        var missing = requested + occupied - slots.size();
        if (missing > 0) {
            slots.addAll(
                    database.own(connection -> SlotStatements.acquire(connection, queue, limit, consumer, missing)));
        }
        return Math.max(0, Math.min(requested, slots.size() - occupied));
    }

    /** Gives back the slots that {@code consumer} has without knowing it, because an answer was lost. */
    void releaseUnknown(long consumer) throws SQLException {
        var known = consumer == holder ? slots : List.<Integer>of();
        database.own(connection -> SlotStatements.releaseUnknown(connection, queue, consumer, known));
    }

    /** Gives back the slots that no message is in flight for. */
    void keep(int occupied) throws SQLException {
        if (slots.size() > occupied) {
            var surplus = new ArrayDeque<Integer>();
            while (slots.size() > occupied) {
                surplus.add(slots.removeLast());
            }
            database.own(connection -> SlotStatements.release(connection, queue, holder, surplus));
        }
    }
}
