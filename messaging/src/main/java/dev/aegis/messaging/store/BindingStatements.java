package dev.aegis.messaging.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Which queues get a copy of what is sent to an address. */
public final class BindingStatements {

    private static final String BIND =
            "INSERT INTO messaging.binding (address, queue) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private BindingStatements() {}

    public static int bind(Connection connection, String address, String queue) throws SQLException {
        try (var bind = connection.prepareStatement(BIND)) {
            bind.setString(1, address);
            bind.setString(2, queue);
            return bind.executeUpdate();
        }
    }
}
