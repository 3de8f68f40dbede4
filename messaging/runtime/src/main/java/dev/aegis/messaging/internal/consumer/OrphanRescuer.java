package dev.aegis.messaging.internal.consumer;

import dev.aegis.messaging.internal.store.ConsumerStatements;
import dev.aegis.messaging.internal.store.NotifyStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Releases the claims of consumers that are gone, so that others handle their messages, and wakes these. The process that began
 * with it continues until no such claim is left: the transaction of a handler whose host is gone keeps its message locked until
 * the server notices.
 */
final class OrphanRescuer {

    private static final Logger LOG = Logger.getLogger(OrphanRescuer.class);
    private static final Duration INITIAL_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private volatile boolean unfinished;
    private Duration pause = INITIAL_PAUSE;
    private long due = System.nanoTime();

    /** Removes consumers that were silent for longer than {@code timeout}, if their last heartbeats are still the given ones. */
    void remove(Connection connection, Map<Long, String> silent, Duration timeout) throws SQLException {
        // If the answer is lost, no other process knows that they were removed.
        unfinished = true;
        pause = INITIAL_PAUSE;
        due = System.nanoTime();
        var removed = ConsumerStatements.remove(connection, silent);
        if (!removed.isEmpty()) {
            LOG.warnf("Consumers %s are silent for more than %d ms", removed, timeout.toMillis());
        }
    }

    /** Continues what could not be finished. The pauses grow, because each time scans all messages. */
    void resume(Connection connection) throws SQLException {
        if (unfinished && System.nanoTime() - due >= 0) {
            freeOrphans(connection);
            due = System.nanoTime() + pause.toNanos();
            pause = Collections.min(List.of(pause.multipliedBy(2), MAX_PAUSE));
        }
    }

    /**
     * Removes a consumer that ends, in the caller's transaction. When it leaves locked messages behind it throws, so that the
     * transaction is rolled back: the consumer stays registered then, and is removed by others.
     */
    Void leave(Connection connection, long consumer) throws SQLException {
        ConsumerStatements.deregister(connection, consumer);
        freeOrphans(connection);
        if (unfinished) {
            throw new SQLException("some of them are still being handled");
        }
        return null;
    }

    /** Releases claims whose consumer is gone, except those of messages that are locked. */
    void freeOrphans(Connection connection) throws SQLException {
        unfinished = true;
        var freed = ConsumerStatements.freeOrphans(connection);
        if (!freed.isEmpty()) {
            NotifyStatements.send(
                    connection,
                    freed.stream().map(ConsumerStatements.Freed::queue).collect(Collectors.toSet()));
            LOG.warnf(
                    "%d messages of consumers that are gone wait again",
                    freed.stream().mapToInt(ConsumerStatements.Freed::messages).sum());
        }
        unfinished = ConsumerStatements.hasOrphans(connection);
    }
}
