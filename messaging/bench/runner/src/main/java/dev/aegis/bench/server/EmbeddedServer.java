package dev.aegis.bench.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** The PostgreSQL binaries on the class path, run as a child process on data of its own. */
final class EmbeddedServer implements Server {

    private static final String ACCESS = "host all all 127.0.0.1/32 trust\n";
    private static final Path DATA = Path.of("messaging", "bench", "target", "postgres");

    private final EmbeddedPostgres server;

    private EmbeddedServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static EmbeddedServer start() {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(DATA.toAbsolutePath())
                .setCleanDataDirectory(true)
                .setRegisterShutdownHook(false)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("encoding", "UTF8")
                .setOutputRedirector(Redirect.DISCARD)
                .setErrorRedirector(Redirect.DISCARD)
                .setDataDirectoryCustomizer(EmbeddedServer::allowThisMachine);
        SETTINGS.forEach(builder::setServerConfig);
        try {
            var started = new EmbeddedServer(builder.start());
            started.prepare();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", server.getPort(), "postgres", "bench", "bench");
    }

    @Override
    public String description() {
        return "embedded binaries";
    }

    @Override
    public List<Long> processes() {
        return Backend.postmasterOf(address());
    }

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
            statement.execute("CREATE ROLE bench SUPERUSER LOGIN PASSWORD 'bench'");
        }
    }

    private static void allowThisMachine(File data) {
        try {
            Files.writeString(data.toPath().resolve("pg_hba.conf"), ACCESS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
