package dev.aegis.messaging.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.testing.Database;
import dev.aegis.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Sockets on which looking does not wait lose nothing when the connection is encrypted. */
class PromptSocketOverTlsTest {

    private static final String PASSWORD = "changeit";

    /** On a socket of its own the driver waits for a millisecond to see whether more has come. */
    private static final Duration OF_THE_DRIVER = Duration.ofMillis(1);

    private static Database database;

    private Connection listener;
    private Connection sender;

    @BeforeAll
    static void encrypt(@TempDir Path directory) throws Exception {
        database = TestDatabase.open();
        assumeTrue(database.canRestart(), "the settings of a named server are not changed");
        var keys = keys(directory.resolve("keys.p12"));
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(written(
                    "server.key",
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD.toCharArray()).getEncoded())));
            statement.execute(written(
                    "server.crt",
                    pem("CERTIFICATE", keys.getCertificate("server").getEncoded())));
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
            Awaitility.await().until(() -> {
                try (var setting = statement.executeQuery("SHOW ssl")) {
                    setting.next();
                    return setting.getString(1).equals("on");
                }
            });
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        listener = encrypted(PromptSocketFactory.class.getName());
        sender = encrypted(null);
        execute(listener, "LISTEN news");
    }

    @AfterEach
    void disconnect() throws SQLException {
        listener.close();
        sender.close();
    }

    @Test
    void theConnectionIsEncrypted() throws SQLException {
        try (var statement = listener.createStatement();
                var row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void aNotificationIsHandedOverAtOnce() throws SQLException {
        assertThat(fastest(listener, 1000)).isLessThan(OF_THE_DRIVER);
    }

    @Test
    void onASocketOfTheDriverItWaits() throws SQLException {
        try (var plain = encrypted(null)) {
            execute(plain, "LISTEN news");
            assertThat(fastest(plain, 100)).isGreaterThanOrEqualTo(OF_THE_DRIVER);
        }
    }

    /** The shortest time from a NOTIFY until {@code connection} has it, of so many; ends with the first that was at once. */
    private Duration fastest(Connection connection, int most) throws SQLException {
        execute(sender, "SET synchronous_commit = off");
        var fastest = Duration.ofDays(1);
        for (var i = 0; i < most && fastest.compareTo(OF_THE_DRIVER) >= 0; i++) {
            var notified = CompletableFuture.supplyAsync(() -> {
                var begun = System.nanoTime();
                execute(sender, "NOTIFY news");
                return begun;
            });
            assertThat(hear(connection, 1)).hasSize(1);
            var took = Duration.ofNanos(System.nanoTime() - notified.join());
            fastest = took.compareTo(fastest) < 0 ? took : fastest;
        }
        return fastest;
    }

    @Test
    void noneOfManyNotificationsIsLostThoughTheConnectionIsUsedBesides() throws Exception {
        var sent = IntStream.range(0, 20_000).mapToObj(String::valueOf).toList();
        var sending = CompletableFuture.runAsync(() -> {
            for (var i = 0; i < sent.size(); i += 10) {
                execute(sender, "SELECT pg_notify('news', n::text) FROM generate_series(" + i + ", " + (i + 9) + ") n");
            }
        });

        var heard = new ArrayList<String>();
        while (heard.size() < sent.size()) {
            var before = heard.size();
            heard.addAll(hear(listener, 1));
            assertThat(heard).hasSizeGreaterThan(before);
            // Several records of TLS, with notifications in between.
            assertThat(lengthOf("SELECT repeat('x', 100000)")).isEqualTo(100_000);
        }

        sending.join();
        assertThat(heard).isEqualTo(sent);
        assertThat(((PGConnection) listener).getNotifications()).isEmpty();
    }

    @Test
    void lookingInTheMidstOfARecordLosesNothing() throws Exception {
        // Payloads of almost the largest size: records that do not come in one piece.
        var payload = "x".repeat(7900);
        var sending = CompletableFuture.runAsync(() -> {
            for (var i = 0; i < 50; i++) {
                execute(sender, "SELECT pg_notify('news', '" + payload + "' || n) FROM generate_series(1, 20) n");
            }
        });

        assertThat(hear(listener, 1000)).hasSize(1000).allMatch(heard -> heard.startsWith(payload));
        sending.join();
    }

    /** The payloads of the next notifications, in their order. */
    private static List<String> hear(Connection connection, int atLeast) throws SQLException {
        var heard = new ArrayList<String>();
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (heard.size() < atLeast && System.nanoTime() < deadline) {
            for (var notification : ((PGConnection) connection).getNotifications(1000)) {
                heard.add(notification.getParameter());
            }
        }
        return heard;
    }

    private int lengthOf(String sql) throws SQLException {
        try (var statement = listener.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1).length();
        }
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection encrypted(String socketFactory) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("sslmode", "require");
        if (socketFactory != null) {
            properties.setProperty("socketFactory", socketFactory);
        }
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    /** A statement that writes a file of the server that nobody else may read, wherever the server runs. */
    private static String written(String file, String content) {
        return "COPY (SELECT unnest(string_to_array('" + content + "', E'\\n'))) TO PROGRAM 'umask 077; cat >" + file
                + "'";
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind + "-----";
    }

    private static KeyStore keys(Path file) throws Exception {
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        return keys;
    }
}
