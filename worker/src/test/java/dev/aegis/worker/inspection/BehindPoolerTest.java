package dev.aegis.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Database;
import dev.aegis.testing.PgBouncer;
import dev.aegis.testing.TestDatabase;
import dev.aegis.worker.Armoury;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A worker that knows nothing but a PgBouncer in transaction mode: it migrates, starts and works through it. */
@QuarkusTest
@TestProfile(BehindPoolerTest.Profile.class)
@EnabledIf(
        value = "isThereAPgBouncer",
        disabledReason = "there is no pgbouncer on this machine (apt-get install pgbouncer)")
class BehindPoolerTest {

    @Inject
    Armoury armoury;

    static boolean isThereAPgBouncer() {
        return PgBouncer.isInstalled();
    }

    @Test
    void inspectionsAreDoneOnce() {
        var shield = armoury.shield(95);
        var inspections = List.of(armoury.inspection(shield), armoury.inspection(shield), armoury.inspection(shield));

        inspections.forEach(inspection -> armoury.awaitState(inspection, "passed"));
        armoury.awaitMessagesHandled();
        assertThat(armoury.ratingOf(shield)).isEqualTo(95);
    }

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.messaging.connector.aegis-postgresql.listen", "false",
                    "mp.messaging.incoming.inspections.poll-interval", "100ms");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Pooled.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** Names the pooler by DATABASE_URL alone, as a user does. */
    public static final class Pooled implements QuarkusTestResourceLifecycleManager {
        private @Nullable Database database;
        private @Nullable PgBouncer bouncer;

        @Override
        public Map<String, String> start() {
            database = TestDatabase.open();
            // More than the handlers that work at the same time: each holds a session.
            bouncer = PgBouncer.before(database, 20);
            return Map.of("DATABASE_URL", bouncer.url());
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
}
