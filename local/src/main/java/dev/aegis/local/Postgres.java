package dev.aegis.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded PostgreSQL: a real server with its data in a folder, run as a process of its own. */
final class Postgres implements AutoCloseable {
    private static final String ACCESS = """
            # Connections from this machine only. The role postgres is for the launcher.
            host all postgres localhost trust
            host all all localhost scram-sha-256
            """;

    private static final Map<String, String> SERVER = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "200",
            "shared_buffers", "256MB",
            "max_wal_size", "2GB",
            "autovacuum_naptime", "10s",
            "random_page_cost", "1.1");

    private final EmbeddedPostgres server;
    private final Path data;

    private Postgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts the server, on the data of the last time when there are any. */
    static Postgres start(Path home, int port) {
        var data = home.resolve("postgres");
        var log = home.resolve("postgres.log");
        refuseOtherVersion(data);
        var builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setLocaleConfig("locale", "C")
                .setDataDirectoryCustomizer(Postgres::askForPasswords)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()));
        SERVER.forEach(builder::setServerConfig);
        try {
            var postgres = new Postgres(builder.start(), data);
            postgres.prepare();
            return postgres;
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new Refusal(
                    "PostgreSQL does not start on " + data + ". Its log, " + log + ", ends with: " + tail(log));
        }
    }

    ProcessHandle process() {
        return runningOn(data).orElseThrow(() -> new IllegalStateException("No PostgreSQL runs on " + data));
    }

    /** The server that runs on the data, whoever started it. */
    static Optional<ProcessHandle> runningOn(Path data) {
        var file = data.resolve("postmaster.pid");
        try {
            return Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0)))
                            .filter(process -> !Part.isZombie(process.pid()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server: open transactions are rolled back, and everything that was committed is on disk. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare() throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'aegis_db'")) {
                if (found.next()) {
                    return;
                }
            }
            // As the user that the postgres image makes.
            statement.execute("DROP ROLE IF EXISTS aegis");
            statement.execute("CREATE ROLE aegis SUPERUSER LOGIN PASSWORD 'aegis'");
            statement.execute("CREATE DATABASE aegis_db OWNER aegis");
        }
    }

    private static void refuseOtherVersion(Path data) {
        var version = data.resolve("PG_VERSION");
        try {
            if (Files.exists(version) && !Files.readString(version).strip().equals("16")) {
                throw new Refusal("The data in " + data + " are of PostgreSQL "
                        + Files.readString(version).strip()
                        + ", and this is PostgreSQL 16: move the folder away, or drop it with `make reset`.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void askForPasswords(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), ACCESS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        try {
            var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
            return String.join(" ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
