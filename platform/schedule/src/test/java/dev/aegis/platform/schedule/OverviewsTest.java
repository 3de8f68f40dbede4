package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OverviewsTest {

    @Inject
    Sql sql;

    @BeforeEach
    @AfterEach
    void forget() {
        sql.update("DELETE FROM scheduling.schedule_run");
        sql.update("DELETE FROM messaging.message");
        sql.update("DELETE FROM messaging.dead_letter");
    }

    @Test
    void aRunCanBeFollowedToItsOutcome() {
        sql.update("INSERT INTO scheduling.schedule_run (id, schedule, due_at, sent) VALUES (42, 'example', now(), 4)");
        sql.update(
                "INSERT INTO messaging.message (queue, content_type, headers)"
                        + " VALUES ('example', 'application/json', '{\"run\": \"42\"}'), ('example', 'application/json', NULL)");
        sql.update(
                "INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, headers, error)"
                        + " VALUES (77, now(), 0, 5, 'example', 'application/json', '{\"run\": \"42\"}', 'no such shield')");

        assertThat(sql.select(
                        "SELECT concat_ws(' ', schedule, sent, handled, waiting, failed) FROM scheduling.run_overview"))
                .containsExactly("example 4 2 1 1");
        assertThat(sql.select("SELECT schedule || ' ' || runs_in_24_hours FROM scheduling.schedule_overview"))
                .containsExactly("example 1");
    }

    @Test
    void everyTableViewAndColumnExplainsItself() {
        assertThat(sql.select("""
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'scheduling'
                AND (col_description((table_schema || '.' || table_name)::regclass, ordinal_position) IS NULL
                     OR obj_description((table_schema || '.' || table_name)::regclass) IS NULL)
                """)).isEmpty();
    }
}
