package dev.aegis.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives tests a real PostgreSQL and an empty database on it: a scratch database beside the one that the environment
 * variable {@code TEST_DATABASE_URL} names, else a container where a Docker engine answers and has the image {@code
 * postgres} or can pull it, else an embedded server. One line on standard output says which. {@code
 * TEST_POSTGRES_VERSION} is the major version of a container or an embedded server, 16 unless set. With {@code
 * TEST_DATABASE_NONDEFAULT=true} the database has non-default settings: search path, isolation, time zone, formats,
 * timeouts.
 *
 * <p>Each {@code @QuarkusTest} of a module that depends on this one gets such a database automatically, as the setting
 * {@code DATABASE_URL} and, for applications that do not use that one, as {@code test.database.jdbc-url}, {@code
 * .username} and {@code .password}. {@link #open()} serves tests without Quarkus.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    /** Held, because the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIET = Stream.of("io.zonky.test", "org.testcontainers", "tc")
            .map(Logger::getLogger)
            .toList();

    private static final AtomicReference<String> SAID = new AtomicReference<>("");

    private @Nullable Database database;

    /** Opens a new, empty database, which is closed at the end of the JVM if not before. */
    public static Database open() {
        QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
        var database = choose(System.getenv("TEST_DATABASE_URL"));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close, "test-database-close"));
        if (NonDefaultSettings.areEnabled()) {
            NonDefaultSettings.set(database.address());
        }
        return database;
    }

    /** First, so that the settings of other test resources override these. */
    @Override
    public int order() {
        return Integer.MIN_VALUE;
    }

    @Override
    public Map<String, String> start() {
        database = open();
        return Map.of(
                "DATABASE_URL", database.url(),
                "test.database.jdbc-url", database.jdbcUrl(),
                "test.database.username", database.username(),
                "test.database.password", database.password());
    }

    @Override
    public void inject(TestInjector injector) {
        if (database != null) {
            injector.injectIntoFields(database, new TestInjector.MatchesType(Database.class));
        }
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    private static Database choose(@Nullable String named) {
        if (named != null && !named.isBlank()) {
            var address = Address.parse(named);
            say("a scratch database on the server of TEST_DATABASE_URL, " + address.host() + ":" + address.port());
            return new NamedDatabase(address);
        }
        var engine = DockerEngine.find(System.getenv("DOCKER_HOST"));
        if (engine.isEmpty()) {
            say("an embedded PostgreSQL, because no Docker engine answers");
            return new EmbeddedDatabase();
        }
        var image = ContainerDatabase.image(Database.version());
        if (!engine.get().canProvide(image)) {
            say("an embedded PostgreSQL, because the Docker engine cannot pull " + image);
            return new EmbeddedDatabase();
        }
        return container(image);
    }

    private static Database container(String image) {
        try {
            var database = ContainerDatabase.create(image);
            say("a container of " + image);
            return database;
        } catch (Exception e) {
            say("an embedded PostgreSQL, because no container starts: " + e.getMessage());
            return new EmbeddedDatabase();
        }
    }

    private static void say(String what) {
        if (!what.equals(SAID.getAndSet(what))) {
            var settings = NonDefaultSettings.areEnabled() ? ", with non-default settings" : "";
            System.out.println("Tests use " + what + settings + ".");
        }
    }
}
