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
 * Lets the messages of consumers that are gone wait again, and wakes those that live. Who began with it goes on until no such
 * message is left: the transaction of a handler whose host is gone keeps its message locked until the server notices.
 */
final class OrphanRescuer {

    private static final Logger LOG = Logger.getLogger(OrphanRescuer.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private volatile boolean unfinished;
    private Duration pause = FIRST_PAUSE;
    private long due = System.nanoTime();

    /** Strikes consumers from the register that are silent for longer than {@code timeout}, by their last heartbeats. */
    void strike(Connection connection, Map<Long, String> silent, Duration timeout) throws SQLException {
        // If the answer is lost, nobody else knows of those that were struck.
        unfinished = true;
        pause = FIRST_PAUSE;
        due = System.nanoTime();
        var struck = ConsumerStatements.strike(connection, silent);
        if (!struck.isEmpty()) {
            LOG.warnf("Consumers %s are silent for more than %d ms", struck, timeout.toMillis());
        }
    }

    /** Does again what could not be done to its end, ever more rarely: it looks through all messages. */
    void goOn(Connection connection) throws SQLException {
        if (unfinished && System.nanoTime() - due >= 0) {
            freeOrphans(connection);
            due = System.nanoTime() + pause.toNanos();
            pause = Collections.min(List.of(pause.multipliedBy(2), LONGEST_PAUSE));
        }
    }

    /**
     * Takes a consumer that ends from the register, in the caller's transaction. If it leaves locked messages behind, that
     * transaction is to be rolled back: then it stays in the register, and is struck by others.
     */
    Void leave(Connection connection, long consumer) throws SQLException {
        ConsumerStatements.deregister(connection, consumer);
        freeOrphans(connection);
        if (unfinished) {
            throw new SQLException("some of them are still being handled");
        }
        return null;
    }

    /** Lets messages wait again whose consumer is gone, as far as nobody has locked them. */
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
