package dev.aegis.model;

import dev.aegis.testing.Database;
import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database that the service under test knows by DATABASE_URL alone, as in production. */
public final class ServiceDatabase implements QuarkusTestResourceLifecycleManager {
    private @Nullable Database database;

    @Override
    public Map<String, String> start() {
        database = TestDatabase.open();
        return Map.of("DATABASE_URL", database.url());
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
