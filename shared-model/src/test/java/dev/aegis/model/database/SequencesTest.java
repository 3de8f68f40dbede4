package dev.aegis.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.model.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
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
@QuarkusTestResource(ServiceDatabase.class)
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
        run("TRUNCATE public.shield RESTART IDENTITY CASCADE");
        run("TRUNCATE scheduling.schedule_firing, messaging.dead_letter CASCADE");
    }

    @Test
    void aSequenceThatIsAheadOfItsTableIsWell() throws Exception {
        run("INSERT INTO public.shield (name) VALUES ('Plank'), ('Door')");

        assertThat(sequences.behind()).isEmpty();
        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void aSequenceThatIsBehindItsTableIsFoundWithTheStatementThatMendsIt() throws Exception {
        run("INSERT INTO public.shield (id, name) VALUES (41, 'Restored'), (42, 'Restored')");

        assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(sequences.behind())
                .containsExactly(
                        new Sequences.Behind("public.shield.id", "SELECT setval('public.shield_id_seq', 42);"));

        database.transact(session -> session.createNativeQuery("SELECT setval('public.shield_id_seq', 42)", Long.class)
                .getSingleResult());

        assertThat(sequences.behind()).isEmpty();
        run("INSERT INTO public.shield (name) VALUES ('Plank')");
    }

    @Test
    void theFirstValueOfASequenceMayBeTakenAlready() throws Exception {
        run("INSERT INTO public.shield (id, name) VALUES (1, 'Restored')");

        assertThat(sequences.behind()).extracting(Sequences.Behind::column).containsExactly("public.shield.id");
    }

    @Test
    void theSequencesOfAllPartsAreLookedAt() throws Exception {
        run("INSERT INTO scheduling.schedule_firing (id, schedule, fire_time) VALUES (1000, 'restored', now())");
        run("""
                INSERT INTO messaging.dead_letter (id, queue, priority, content_type, attempts, error, sent_at)
                VALUES (1000, 'restored', 0, 'text/plain', 1, 'x', now())""");

        assertThat(sequences.behind())
                .extracting(Sequences.Behind::column)
                .containsExactly("messaging.dead_letter.id", "scheduling.schedule_firing.id");
    }

    @ParameterizedTest
    @CsvSource({
        "public, shield_pkey, true",
        "public, inspection_pkey, true",
        "messaging, message_pkey, true",
        "messaging, dead_letter_pkey, true",
        "messaging, unique_reservation_pkey, false",
        "rest, idempotent_request_pkey, false",
        "public, inspection_shield_id_fkey, false",
    })
    void aKeyIsFilledByASequenceOrByAClient(String schema, String constraint, boolean filled) throws Exception {
        assertThat(sequences.fill(schema, constraint)).isEqualTo(filled);
    }

    private void run(String sql) {
        database.transact(session -> session.createNativeQuery(sql).executeUpdate());
    }
}
