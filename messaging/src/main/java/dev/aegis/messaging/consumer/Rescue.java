package dev.aegis.messaging.consumer;

import dev.aegis.messaging.store.ConsumerStatements;
import dev.aegis.messaging.store.NotifyStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Lets the messages of silent consumers wait again, and wakes those that live. */
final class Rescue {

    private static final Logger LOG = Logger.getLogger(Rescue.class);

    private Rescue() {}

    static void run(Connection connection, Duration timeout) throws SQLException {
        var expired = ConsumerStatements.expire(connection, timeout);
        var messages = freeOrphans(connection);
        if (!expired.isEmpty() || messages > 0) {
            LOG.logf(
                    messages > 0 ? Logger.Level.WARN : Logger.Level.INFO,
                    "Consumers %s are silent for more than %d ms; %d of their messages wait again",
                    expired,
                    timeout.toMillis(),
                    messages);
        }
    }

    /** Lets messages wait again whose consumer is gone, wakes the others, and returns how many messages there were. */
    static int freeOrphans(Connection connection) throws SQLException {
        var freed = ConsumerStatements.freeOrphans(connection);
        NotifyStatements.send(
                connection, freed.stream().map(ConsumerStatements.Freed::queue).collect(Collectors.toSet()));
        return freed.stream().mapToInt(ConsumerStatements.Freed::messages).sum();
    }
}
