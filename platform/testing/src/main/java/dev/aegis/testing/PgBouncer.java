package dev.aegis.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PgBouncer in transaction mode in front of a database, as a child process: each transaction may run in another
 * session of the server. It must be installed on the machine: a test has to check {@link #isInstalled()}.
 */
public final class PgBouncer implements AutoCloseable {
    private static final String CONFIGURATION = """
            [databases]
            * = host=%s port=%d user=%s password=%s

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = %d
            max_client_conn = 200
            server_login_retry = 1
            """;

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Address behind;
    private final int port;
    private final Path directory;
    private final Process process;

    /** Whether the program is on the PATH, or where Debian puts it. */
    public static boolean isInstalled() {
        return program().isPresent();
    }

    /** Starts one with at most {@code sessions} sessions of the server, and waits until it accepts connections. */
    public static PgBouncer before(Database database, int sessions) {
        try {
            var bouncer = new PgBouncer(database.address(), sessions);
            Runtime.getRuntime().addShutdownHook(new Thread(bouncer::close, "pgbouncer-close"));
            bouncer.awaitReady();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PgBouncer(Address server, int sessions) throws IOException {
        port = freePort();
        behind = new Address("127.0.0.1", port, server.name(), server.user(), server.password());
        directory = Files.createTempDirectory("pgbouncer");
        var configuration = directory.resolve("pgbouncer.ini");
        Files.writeString(
                configuration,
                String.format(
                        Locale.ROOT,
                        CONFIGURATION,
                        server.host(),
                        server.port(),
                        server.user(),
                        server.password(),
                        port,
                        sessions));
        process = new ProcessBuilder(command(configuration))
                .redirectErrorStream(true)
                .redirectOutput(log())
                .start();
    }

    /** The database behind it, without user and password. Versions before 1.21 know no prepared statements. */
    public String jdbcUrl() {
        return behind.jdbcUrl() + "?prepareThreshold=0";
    }

    /** The database behind it in the form that DATABASE_URL takes, without the start-up options that it refuses. */
    public String url() {
        return behind.url() + "?prepareThreshold=0&options=";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            Files.deleteIfExists(log().toPath());
            Files.deleteIfExists(directory.resolve("pgbouncer.ini"));
            Files.deleteIfExists(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File log() {
        return directory.resolve("pgbouncer.log").toFile();
    }

    private void awaitReady() throws IOException {
        var deadline = System.nanoTime() + START_NANOS;
        while (true) {
            try {
                DriverManager.getConnection(jdbcUrl(), behind.user(), behind.password())
                        .close();
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    var said = Files.readString(log().toPath());
                    close();
                    throw new IllegalStateException("PgBouncer does not accept connections; its log:\n" + said, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Path configuration) {
        var command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        return command;
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
