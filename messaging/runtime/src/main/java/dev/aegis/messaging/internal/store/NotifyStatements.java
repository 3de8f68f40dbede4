package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Wakes the consumers of queues in all processes. */
public final class NotifyStatements {

    /** How the channels of notifications are named: this, and the name of the queue. */
    public static final String CHANNEL_PREFIX = "messaging.";

    // Where nobody consumes, nobody is told: a notification wakes all who listen.
    // It holds a lock of the whole server until its commit is done, so it must not wait for the disk.
    private static final String NOTIFY = """
            SELECT pg_notify('%s' || queue, '')
            FROM set_config('synchronous_commit', 'off', true), unnest(?::text[]) AS queue
            WHERE EXISTS (SELECT FROM messaging.consumer c WHERE queue = ANY (c.queues))""".formatted(CHANNEL_PREFIX);

    private NotifyStatements() {}

    public static void send(Connection connection, Collection<String> queues) throws SQLException {
        try (var notify = connection.prepareStatement(NOTIFY)) {
            notify.setArray(1, connection.createArrayOf("text", queues.toArray()));
            notify.execute();
        }
    }
}
