package dev.aegis.bench.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** Writes one row for a message, in a transaction of its own on a pool of its own. */
final class Effects implements Peer.Work, AutoCloseable {

    private final HikariDataSource pool;

    Effects(PeerDatabase database, int connections) {
        pool = database.pool(connections);
    }

    @Override
    public void handle(String payload) {
        try (var connection = pool.getConnection();
                var insert = connection.prepareStatement("INSERT INTO bench.effect (payload) VALUES (?)")) {
            insert.setString(1, payload);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
