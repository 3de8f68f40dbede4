package dev.aegis.messaging.it;

import dev.aegis.testing.Database;
import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A second database, the datasource {@code queues}. */
public final class OtherDatasource implements QuarkusTestResourceLifecycleManager {

    /** The connector uses the datasource {@code queues}. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.queues.db-kind", "postgresql",
                    "quarkus.datasource.queues.jdbc.url", "${queues.jdbc-url}",
                    "quarkus.datasource.queues.username", "${queues.username}",
                    "quarkus.datasource.queues.password", "${queues.password}",
                    "quarkus.datasource.queues.jdbc.transaction-isolation-level", "read-committed",
                    "mp.messaging.connector.aegis-postgresql.datasource", "queues");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OtherDatasource.class));
        }
    }

    private @Nullable Database queues;

    @Override
    public Map<String, String> start() {
        queues = TestDatabase.open();
        return Map.of(
                "queues.jdbc-url", queues.jdbcUrl(),
                "queues.username", queues.username(),
                "queues.password", queues.password());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                queues, new TestInjector.AnnotatedAndMatchesType(OtherDatasourceTest.Queues.class, Database.class));
    }

    @Override
    public void stop() {
        if (queues != null) {
            queues.close();
        }
    }
}
