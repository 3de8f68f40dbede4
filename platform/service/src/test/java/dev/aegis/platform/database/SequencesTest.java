package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SequencesTest {

    @Inject
    Sequences sequences;

    @Inject
    @Wellness
    SequencesCheck check;

    @Inject
    Database database;

    @BeforeEach
    @AfterEach
    void forget() {
        run("TRUNCATE public.note, public.remark RESTART IDENTITY");
        run("TRUNCATE messaging.dead_letter");
    }

    @Test
    void aSequenceThatIsAheadOfItsTableIsHealthy() throws Exception {
        run("INSERT INTO public.note (text) VALUES ('Plank'), ('Door')");

        assertThat(sequences.behind()).isEmpty();
        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aSequenceThatIsBehindItsTableIsReportedWithTheStatementThatRepairsIt() throws Exception {
        run("INSERT INTO public.note (id, text) VALUES (41, 'Restored'), (42, 'Restored too')");

        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        var behind = sequences.behind();
        assertThat(behind).extracting(Sequences.Behind::column).containsExactly("public.note.id");
        // A server may quote the names that need no quotes.
        assertThat(behind.get(0).remedy().replace("\"", "")).isEqualTo("SELECT setval('public.note_id_seq', 42);");

        database.transact(session ->
                session.createNativeQuery(behind.get(0).remedy(), Long.class).getSingleResult());

        assertThat(sequences.behind()).isEmpty();
        run("INSERT INTO public.note (text) VALUES ('Plank')");
    }

    @Test
    void aSequenceIsBehindIfItsFirstValueIsTaken() throws Exception {
        run("INSERT INTO public.note (id, text) VALUES (1, 'Restored')");

        assertThat(sequences.behind()).extracting(Sequences.Behind::column).containsExactly("public.note.id");
    }

    @Test
    void theSequencesOfAllComponentsAreChecked() throws Exception {
        run("INSERT INTO public.note (id, text) VALUES (1000, 'restored')");
        run("""
                INSERT INTO messaging.dead_letter (id, queue, priority, content_type, attempts, error, sent_at)
                VALUES (1000, 'restored', 0, 'text/plain', 1, 'x', now())""");

        assertThat(sequences.behind())
                .extracting(Sequences.Behind::column)
                .containsExactly("messaging.dead_letter.id", "public.note.id");
    }

    @ParameterizedTest
    @CsvSource({
        "public, note_pkey, true",
        "public, note_text_key, false",
        "messaging, message_pkey, true",
        "messaging, dead_letter_pkey, true",
        "messaging, unique_reservation_pkey, false",
        "public, remark_note_id_fkey, false",
    })
    void aKeyIsBackedByASequenceOrSetByClients(String schema, String constraint, boolean filled) throws Exception {
        assertThat(sequences.isSequenceBacked(schema, constraint)).isEqualTo(filled);
    }

    private void run(String sql) {
        database.transact(session -> session.createNativeQuery(sql).executeUpdate());
    }
}
