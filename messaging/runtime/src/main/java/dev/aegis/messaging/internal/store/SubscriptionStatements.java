package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which queues get a copy of what is sent to an address. */
public final class SubscriptionStatements {

    private static final String BIND =
            "INSERT INTO messaging.binding (address, queue) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private static final String BOUND =
            "SELECT address, queue FROM messaging.binding WHERE address = ANY (?) ORDER BY queue";

    private SubscriptionStatements() {}

    public static int bind(Connection connection, String address, String queue) throws SQLException {
        try (var bind = connection.prepareStatement(BIND)) {
            bind.setString(1, address);
            bind.setString(2, queue);
            return bind.executeUpdate();
        }
    }

    /** The queues that are bound to each of {@code addresses}. */
    static Map<String, List<String>> queuesOf(Connection connection, Collection<String> addresses) throws SQLException {
        try (var select = connection.prepareStatement(BOUND)) {
            select.setArray(1, connection.createArrayOf("text", addresses.toArray()));
            var queues = new HashMap<String, List<String>>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    queues.computeIfAbsent(rows.getString(1), address -> new ArrayList<>())
                            .add(rows.getString(2));
                }
            }
            return queues;
        }
    }
}
