package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application that brings the schema of the connector up to date in another way. */
@QuarkusTest
@TestProfile(NoMigrationAtStartTest.Profile.class)
class NoMigrationAtStartTest {

    /** The connector leaves the database as it is. */
    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("mp.messaging.connector.aegis-postgresql.migrate-at-start", "false");
        }
    }

    private Database database;

    @Test
    void theApplicationStartsAndTheSchemaIsNotCreated() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT to_regnamespace('messaging')")) {
            rows.next();
            assertThat(rows.getString(1)).isNull();
        }
    }
}
