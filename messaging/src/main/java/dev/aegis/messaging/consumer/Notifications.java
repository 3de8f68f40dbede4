package dev.aegis.messaging.consumer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Wakes the consumers of queues in all processes. */
public final class Notifications {

    private Notifications() {}

    public static void send(Connection connection, Collection<String> queues) throws SQLException {
        try (var notify = connection.prepareStatement("SELECT pg_notify(name, '') FROM unnest(?::text[]) AS name")) {
            var names = queues.stream().map(queue -> ConsumerSession.NOTIFICATIONS + queue);
            notify.setArray(1, connection.createArrayOf("text", names.toArray()));
            notify.execute();
        }
    }
}
