package dev.aegis.messaging.it;

import dev.aegis.messaging.internal.schema.SchemaMigration;
import dev.aegis.testing.Database;
import dev.aegis.testing.PgBouncer;
import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives the application under test a database behind a PgBouncer, and the test itself the database directly. The
 * migrations run directly, too, as they should in earnest.
 */
public final class BehindPgBouncer implements QuarkusTestResourceLifecycleManager {

    /** More than handlers that wait in a transaction: each holds a session. */
    static final int SESSIONS = 6;

    /** The connector polls. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.connector.aegis-postgresql.listen", "false",
                    "mp.messaging.connector.aegis-postgresql.migrate-at-start", "false",
                    "mp.messaging.incoming.ledger.poll-interval", "100ms",
                    "mp.messaging.incoming.plain.poll-interval", "100ms");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(BehindPgBouncer.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private @Nullable Database database;
    private @Nullable PgBouncer bouncer;

    @Override
    public Map<String, String> start() {
        database = TestDatabase.open();
        bouncer = PgBouncer.before(database, SESSIONS);
        migrate(database);
        return Map.of(
                "quarkus.datasource.jdbc.url", bouncer.jdbcUrl(),
                "quarkus.datasource.username", database.username(),
                "quarkus.datasource.password", database.password(),
                "quarkus.flyway.jdbc-url", database.jdbcUrl(),
                "quarkus.flyway.username", database.username(),
                "quarkus.flyway.password", database.password());
    }

    /** On a direct connection. */
    private static void migrate(Database database) {
        var direct = new PGSimpleDataSource();
        direct.setUrl(database.jdbcUrl());
        direct.setUser(database.username());
        direct.setPassword(database.password());
        try {
            SchemaMigration.migrate(direct);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(database, new TestInjector.MatchesType(Database.class));
        injector.injectIntoFields(bouncer, new TestInjector.MatchesType(PgBouncer.class));
    }

    @Override
    public void stop() {
        if (bouncer != null) {
            bouncer.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
