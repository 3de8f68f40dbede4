package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** An application has migrations of its own, which begin at V1, beside those of the connector. */
@QuarkusTest
class OwnMigrationsTest extends MessagingTest {

    @Test
    void bothHaveAHistoryThatBeginsAtOne() {
        assertThat(query("SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank"))
                .containsExactly("1", "2", "3");
        assertThat(query("SELECT script FROM messaging.schema_history WHERE version = '1'"))
                .containsExactly("V1__messaging.sql");
    }
}
