package dev.aegis.messaging.consumer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Wakes the consumers of queues in all processes. */
public final class Notifications {

    // A notification holds a lock of the whole server until its commit is done, so it must not wait for the disk.
    private static final String NOTIFY =
            "SELECT pg_notify(name, '') FROM set_config('synchronous_commit', 'off', true), unnest(?::text[]) AS name";

    private Notifications() {}

    public static void send(Connection connection, Collection<String> queues) throws SQLException {
        try (var notify = connection.prepareStatement(NOTIFY)) {
            var names = queues.stream().map(queue -> ConsumerSession.NOTIFICATIONS + queue);
            notify.setArray(1, connection.createArrayOf("text", names.toArray()));
            notify.execute();
        }
    }
}
