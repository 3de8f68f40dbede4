package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
    @TempDir
    Path home;

    @Test
    void theDataSurvivesARestartOfTheServer() throws SQLException, IOException {
        var port = freePort();
        try (var first = Postgres.start(settings(port))) {
            execute(port, "CREATE TABLE shield AS SELECT 95 AS defense_rating");
            assertThat(first.process()).isPresent();
        }
        assertThat(Postgres.runningOn(home.resolve("postgres"))).isEmpty();

        try (var second = Postgres.start(settings(port))) {
            execute(port, "UPDATE shield SET defense_rating = 96 WHERE defense_rating = 95");
            assertThat(Postgres.runningOn(home.resolve("postgres"))).isEqualTo(second.process());
        }
    }

    @Test
    void theDataOfAnotherVersionIsNotTouched() throws IOException {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(home.resolve("postgres/PG_VERSION"), "15\n");

        assertThatThrownBy(() -> Postgres.start(settings(freePort())))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("PostgreSQL 15");
    }

    @Test
    void aKilledServerIsRestartedEvenIfAnotherProgramHasItsPid() throws Exception {
        var port = freePort();
        var data = home.resolve("postgres");
        String file;
        try (var first = Postgres.start(settings(port))) {
            execute(port, "CREATE TABLE shield AS SELECT 95 AS defense_rating");
            file = Files.readString(Postgres.pidFile(data));
            first.process().orElseThrow().destroyForcibly();
            await().until(() -> first.process().isEmpty());
        }
        var other = new ProcessBuilder("sleep", "60").start();
        try {
            // As after a power cut: the file is as it was, and the number is another's.
            Files.writeString(Postgres.pidFile(data), file.replaceFirst("^\\d+", Long.toString(other.pid())));

            assertThat(Postgres.runningOn(data)).isEmpty();
            try (var lock = Lock.take(home)) {
                StaleProcessCleanup.end(lock, new Log(home.resolve("aegis.log"), new Colours(false)));
            }
            try (var second = Postgres.start(settings(port))) {
                execute(port, "UPDATE shield SET defense_rating = 96 WHERE defense_rating = 95");
                assertThat(second.process()).isPresent();
            }
            assertThat(other.isAlive()).as("the other program runs on").isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void stoppingAServerThatHasEndedSignalsNoOtherProgram() throws Exception {
        var other = new ProcessBuilder("sleep", "60").start();
        var server = Postgres.start(settings(freePort()));
        try {
            var file = Files.readString(Postgres.pidFile(home.resolve("postgres")));
            server.process().orElseThrow().destroyForcibly();
            await().until(() -> server.process().isEmpty());
            Files.writeString(
                    Postgres.pidFile(home.resolve("postgres")), file.replaceFirst("^\\d+", Long.toString(other.pid())));
        } finally {
            server.close();
        }

        assertThat(other.isAlive()).isTrue();
        other.destroyForcibly();
    }

    @Test
    void aTruncatedPidFileNamesNoServer() throws IOException {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(Postgres.pidFile(home.resolve("postgres")), "");

        assertThat(Postgres.runningOn(home.resolve("postgres"))).isEmpty();
    }

    @Test
    void theNameOfTheFolderMayContainSpaces() throws SQLException, IOException {
        var port = freePort();
        var settings = new Settings(home, home.resolve("my 'shields' (new)/.aegis"), values(port));
        Files.createDirectories(settings.home());
        try (var server = Postgres.start(settings)) {
            assertThat(server.process()).isPresent();
            execute(port, "CREATE TABLE shield AS SELECT 95 AS defense_rating");
        }
    }

    private Settings settings(int port) {
        return new Settings(home, home, values(port));
    }

    private static Map<String, String> values(int port) {
        return Map.of("POSTGRES_PORT", Integer.toString(port));
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
