package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A password holds what a password may hold, for all that connects: the lock, the migrations and the pool. */
@QuarkusTest
@TestProfile(AwkwardPasswordTest.Profile.class)
class AwkwardPasswordTest {

    /** With what settings would replace or trim. */
    private static final String PASSWORD = " p@ss:${HOME}$$\\\\$w\u00f6rd,% ";

    private static final String ENCODED = "%20p@ss:%24%7BHOME%7D%24%24%5C%5C%24w%C3%B6rd,%25%20";

    @Inject
    Database database;

    @Test
    void aServiceStartsAndWorksWithIt() {
        assertThat(DatabaseUrl.parse("postgresql://smith:" + ENCODED + "@h/d").password())
                .isEqualTo(PASSWORD);
        assertThat(database.<String, RuntimeException>compute(
                        session -> (String) session.createNativeQuery("SELECT current_user::text", String.class)
                                .getSingleResult()))
                .isEqualTo("smith");
    }

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Smith.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** A database that its user enters with the password. */
    public static final class Smith implements QuarkusTestResourceLifecycleManager {
        private dev.aegis.testing.@Nullable Database database;

        @Override
        public Map<String, String> start() {
            database = TestDatabase.open();
            execute("CREATE ROLE smith SUPERUSER LOGIN PASSWORD '" + PASSWORD + "'");
            var url = database.url();
            return Map.of("DATABASE_URL", "POSTGRESQL://smith:" + ENCODED + url.substring(url.lastIndexOf('@')));
        }

        private void execute(String sql) {
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            if (database != null) {
                execute("REASSIGN OWNED BY smith TO CURRENT_USER");
                execute("DROP ROLE smith");
                database.close();
            }
        }
    }
}
