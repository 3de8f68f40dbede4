package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path home;

    @Test
    void theDataSurviveARestartOfTheServer() throws SQLException, IOException {
        var port = freePort();
        try (var first = Postgres.start(home, port)) {
            execute(port, "CREATE TABLE shield AS SELECT 95 AS defense_rating");
            assertThat(first.process().isAlive()).isTrue();
        }
        assertThat(Postgres.runningOn(home.resolve("postgres"))).isEmpty();

        try (var second = Postgres.start(home, port)) {
            execute(port, "UPDATE shield SET defense_rating = 96 WHERE defense_rating = 95");
            assertThat(Postgres.runningOn(home.resolve("postgres"))).contains(second.process());
        }
    }

    @Test
    void dataOfAnotherVersionAreLeftAlone() throws IOException {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(home.resolve("postgres/PG_VERSION"), "15\n");

        assertThatThrownBy(() -> Postgres.start(home, freePort()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("PostgreSQL 15");
    }

    private static void execute(int port, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + port + "/aegis_db", "aegis", "aegis");
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
