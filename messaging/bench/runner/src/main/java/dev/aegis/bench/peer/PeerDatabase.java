package dev.aegis.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/** The database that the environment names. */
record PeerDatabase(String url, String user, String password) {

    static PeerDatabase of(Map<String, String> environment) {
        return new PeerDatabase(
                environment.get("BENCH_JDBC_URL") + "?reWriteBatchedInserts=true",
                Objects.requireNonNull(environment.get("BENCH_USER")),
                Objects.requireNonNull(environment.get("BENCH_PASSWORD")));
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    HikariDataSource pool(int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(connections);
        return new HikariDataSource(config);
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
