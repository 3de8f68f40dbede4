package dev.aegis.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The embedded PostgreSQL: a real server with its data in a folder, run as a process of its own. */
final class Postgres implements AutoCloseable {
    private static final String ACCESS = """
            # The role postgres is for the launcher. Other machines can connect only where BIND_ADDRESS lets them.
            host all postgres localhost trust
            host all postgres all reject
            host all all all scram-sha-256
            """;

    private static final Map<String, String> SERVER = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "200",
            "shared_buffers", "256MB",
            "max_wal_size", "2GB",
            "autovacuum_naptime", "10s",
            "random_page_cost", "1.1",
            // TCP only: a socket's lock file in /tmp, left by a crash, would keep the server from starting.
            "unix_socket_directories", "");

    private final EmbeddedPostgres server;
    private final Path data;

    private Postgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts the server, on existing data if there is any. */
    static Postgres start(Settings settings) {
        // An absolute path, by which the process is recognised later.
        var home = settings.home().toAbsolutePath();
        var data = home.resolve("postgres");
        var log = home.resolve("postgres.log");
        refuseOtherVersion(data);
        // In this folder, where it belongs to this user and nothing deletes it while the server runs.
        System.setProperty(
                "ot.epg.working-dir", home.resolve("postgres-program").toString());
        var builder = EmbeddedPostgres.builder()
                .setPort(settings.databasePort())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofMinutes(1))
                .setLocaleConfig("locale", "C")
                .setDataDirectoryCustomizer(Postgres::askForPasswords)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()));
        SERVER.forEach(builder::setServerConfig);
        builder.setServerConfig("listen_addresses", listenAddresses(settings.bindAddress()));
        try {
            var postgres = new Postgres(builder.start(), data);
            postgres.prepare(settings.databasePassword());
            return postgres;
        } catch (IOException | IllegalStateException | SQLException e) {
            throw new CliException("PostgreSQL does not start with the data in " + data + ". Its log, " + log
                    + ", ends with: " + tail(log));
        }
    }

    /** Its process, while it runs. */
    Optional<ProcessHandle> process() {
        return runningOn(data);
    }

    /** The server that runs on the data, whoever started it. */
    static Optional<ProcessHandle> runningOn(Path data) {
        return numberIn(pidFile(data))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !ManagedProcess.isZombie(process.pid()))
                .filter(process -> serves(process, data.toAbsolutePath()));
    }

    /** The file in which a server writes its pid; it stays there after a crash. */
    static Path pidFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    /** Empty if the machine crashed before the pid was on disk. */
    private static Optional<Long> numberIn(Path pidFile) {
        try {
            return Files.readString(pidFile)
                    .lines()
                    .findFirst()
                    .filter(line -> line.matches("\\d{1,18}"))
                    .map(Long::valueOf);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether the process is a PostgreSQL on this data. Its pid does not tell: after a crash of the machine, any other
     * program may have it.
     */
    private static boolean serves(ProcessHandle process, Path data) {
        var isPostgres = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.startsWith("postgres"))
                .isPresent();
        return isPostgres && (worksIn(process, data) || isStartedWith(process, data));
    }

    /** The working directory of a server is its data folder. Linux only. */
    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            return Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), data);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isStartedWith(ProcessHandle process, Path data) {
        return process.info().arguments().map(List::of).orElse(List.of()).contains(data.toString());
    }

    /** Stops the server: open transactions are rolled back, and everything that was committed is on disk. */
    @Override
    public void close() {
        try {
            if (runningOn(data).isEmpty()) {
                // It has ended. close() would stop the process with the pid in this file, by now maybe another program.
                Files.deleteIfExists(pidFile(data));
            }
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare(String password) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + Settings.ROLE + "'")) {
                // Like the user that the postgres image creates.
                statement.execute("CREATE ROLE " + Settings.ROLE + " SUPERUSER LOGIN");
            }
            statement.execute("ALTER ROLE " + Settings.ROLE + " PASSWORD " + statement.enquoteLiteral(password));
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + Settings.DATABASE + "'")) {
                statement.execute("CREATE DATABASE " + Settings.DATABASE + " OWNER " + Settings.ROLE);
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var found = statement.executeQuery(query)) {
            return found.next();
        }
    }

    /** Always includes the loopback interface, which the launcher and the services use. */
    private static String listenAddresses(String bindAddress) {
        return switch (bindAddress) {
            case "127.0.0.1" -> "localhost";
            case "0.0.0.0", "::" -> "*";
            default -> "localhost," + bindAddress;
        };
    }

    private static void refuseOtherVersion(Path data) {
        var version = data.resolve("PG_VERSION");
        try {
            if (Files.exists(version) && !Files.readString(version).strip().equals("16")) {
                throw new CliException("The data in " + data + " belongs to PostgreSQL "
                        + Files.readString(version).strip()
                        + ", but this is PostgreSQL 16: move the folder away, or drop it with `make reset`.");
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
