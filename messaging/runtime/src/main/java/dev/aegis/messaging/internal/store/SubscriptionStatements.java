package dev.aegis.messaging.internal.store;

import static dev.aegis.messaging.internal.store.ConnectorDatabase.DURABLY;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which queues get a copy of what is sent to a topic. */
public final class SubscriptionStatements {

    private static final String SUBSCRIBE =
            "INSERT INTO messaging.subscription (topic, queue) SELECT ?, ? FROM " + DURABLY + " ON CONFLICT DO NOTHING";

    private static final String SUBSCRIBED =
            "SELECT topic, queue FROM messaging.subscription WHERE topic = ANY (?) ORDER BY queue";

    private SubscriptionStatements() {}

    public static int subscribe(Connection connection, String topic, String queue) throws SQLException {
        try (var subscribe = connection.prepareStatement(SUBSCRIBE)) {
            subscribe.setString(1, topic);
            subscribe.setString(2, queue);
            return subscribe.executeUpdate();
        }
    }

    /** The queues that are subscribed to each of {@code topics}. */
    static Map<String, List<String>> queuesOf(Connection connection, Collection<String> topics) throws SQLException {
        try (var select = connection.prepareStatement(SUBSCRIBED)) {
            select.setArray(1, connection.createArrayOf("text", topics.toArray()));
            var queues = new HashMap<String, List<String>>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    queues.computeIfAbsent(rows.getString(1), topic -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
            return queues;
        }
    }
}
