package dev.aegis.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database on a PostgreSQL server of its own, run as a child process from the binaries on the class path. */
final class EmbeddedDatabase extends Database {
    private static final String ACCESS = """
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;

    // The build chooses the binaries by the same variable as the tests; this check fails if the two disagree.
    private static final String CHECK = """
            DO $$ BEGIN
                ASSERT current_setting('server_version_num')::integer / 10000 = %d,
                    'the embedded PostgreSQL is ' || current_setting('server_version') || ', not %1$d';
            END $$""";

    private final int port;
    private final Path data;
    private @Nullable EmbeddedPostgres server;

    EmbeddedDatabase() {
        // Beside the binaries, where a later run stops and removes what a killed JVM left behind.
        this(freePort(), Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg", "aegis-" + UUID.randomUUID()));
    }

    private EmbeddedDatabase(int port, Path data) {
        super(new Address("127.0.0.1", port, "aegis_test", "aegis", "aegis"));
        this.port = port;
        this.data = data;
        start();
        var admin = new Address("127.0.0.1", port, "postgres", "postgres", "");
        admin.execute(String.format(Locale.ROOT, CHECK, version()));
        admin.execute("CREATE ROLE aegis SUPERUSER LOGIN PASSWORD 'aegis'");
        admin.execute("CREATE DATABASE aegis_test OWNER aegis");
    }

    @Override
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
            server = null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setDataDirectoryCustomizer(EmbeddedDatabase::askForPasswords)
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    synchronized void remove() {
        stop();
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
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

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
