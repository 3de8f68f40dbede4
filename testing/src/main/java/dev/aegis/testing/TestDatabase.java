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
 * Gives tests a real PostgreSQL and an empty database on it: a scratch database beside the one that the environment variable
 * {@code TEST_DATABASE_URL} names, else a container where a Docker engine answers and has {@code postgres:16-alpine} or can
 * pull it, else an embedded server. One line on the standard output says which.
 *
 * <p>{@code @QuarkusTestResource(TestDatabase.class)} on any test class of a module serves all of them; {@link #open()}
 * serves tests without Quarkus.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    /** Kept, because the log manager forgets the level of a logger that nobody holds. */
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
        return database;
    }

    @Override
    public Map<String, String> start() {
        database = open();
        return Map.of(
                "DATABASE_URL", database.url(),
                "quarkus.datasource.jdbc.url", database.jdbcUrl(),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password());
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
        if (!engine.get().canHave(ContainerDatabase.IMAGE)) {
            say("an embedded PostgreSQL, because the Docker engine cannot pull " + ContainerDatabase.IMAGE);
            return new EmbeddedDatabase();
        }
        return container();
    }

    private static Database container() {
        try {
            var database = ContainerDatabase.create();
            say("a container of " + ContainerDatabase.IMAGE);
            return database;
        } catch (Exception e) {
            say("an embedded PostgreSQL, because no container starts: " + e.getMessage());
            return new EmbeddedDatabase();
        }
    }

    private static void say(String what) {
        if (!what.equals(SAID.getAndSet(what))) {
            System.out.println("Tests use " + what + ".");
        }
    }
}
