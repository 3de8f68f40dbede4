package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverviewsTest {

    @Inject
    Sql sql;

    @Inject
    DataSource database;

    @AfterEach
    void forget() {
        sql.update("DELETE FROM messaging.dead_letter");
    }

    @Test
    void whatFailsCanBeSeen() {
        sql.update("INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, error)"
                + " VALUES (77, now(), 0, 5, 'example', 'application/json', 'no such shield')");

        assertThat(sql.select("SELECT error || ' ' || messages FROM operations.failure_overview"))
                .containsExactly("no such shield 1");
    }

    @Test
    void whoIsConnectedCanBeSeen() {
        assertThat(sql.select("SELECT service FROM operations.connection_overview"))
                .containsExactly("aegis-platform-service");
    }

    @Test
    void aServiceIsSeenWhateverTheProductIsCalled() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET application_name = 'my-project-worker@host-1'");

            assertThat(sql.select("SELECT service FROM operations.connection_overview WHERE host = 'host-1'"))
                    .containsExactly("my-project-worker");

            statement.execute("SET application_name = 'psql'");
            assertThat(sql.select("SELECT service FROM operations.connection_overview WHERE service = 'psql'"))
                    .isEmpty();
            statement.execute("RESET application_name");
        }
    }
}
