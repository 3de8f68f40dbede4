package dev.aegis.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import dev.aegis.worker.Impatient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Impatient.class)
class FailedInspectionsTest {

    @Inject
    Armoury armoury;

    @Inject
    Sql sql;

    /** No inspection can end as long as the armoury is cursed. */
    @BeforeEach
    void curse() {
        sql.update("ALTER TABLE shield ADD CONSTRAINT cursed CHECK (inspected_at IS NULL) NOT VALID");
    }

    @AfterEach
    void liftTheCurse() {
        sql.update("ALTER TABLE shield DROP CONSTRAINT IF EXISTS cursed");
    }

    @Test
    void anInspectionWhoseMessageIsADeadLetterHasFailed() {
        var shield = armoury.shield(10);
        var inspection = armoury.requested(shield);
        var message = armoury.send(inspection);

        armoury.awaitState(inspection, "failed");

        assertThat(armoury.ratingOf(shield)).isEqualTo(10);
        assertThat(sql.count(
                        "inspection WHERE id = ? AND finished_at IS NOT NULL AND rating_after IS NULL", inspection))
                .isEqualTo(1);
        assertThat(sql.select("SELECT finding FROM inspection WHERE id = ?", inspection))
                .containsExactly(String.format(Locale.ROOT, "Given up after 2 attempts: see dead letter %d", message));
        assertThat(sql.select("SELECT error FROM messaging.dead_letter WHERE id = ?", message))
                .singleElement()
                .asString()
                .contains("cursed");
    }

    @Test
    void anInspectionWhoseDeadLetterIsResentReachesItsOutcome() {
        var shield = armoury.shield(10);
        var inspection = armoury.requested(shield);
        var message = armoury.send(inspection);
        armoury.awaitState(inspection, "failed");

        liftTheCurse();
        sql.select("SELECT messaging.resend(?)", message);

        armoury.awaitState(inspection, "repaired");
        assertThat(armoury.ratingOf(shield)).isEqualTo(30);
    }

    @Test
    void anInspectionWhoseWorkersAllDiedHasFailed() {
        var inspection = armoury.requested(armoury.shield(10));

        armoury.sendExhausted(inspection);

        armoury.awaitState(inspection, "failed");
    }

    @Test
    void aDeadLetterDoesNotChangeAnInspectionThatHasItsOutcome() {
        liftTheCurse();
        var inspection = armoury.inspection(armoury.shield(95));
        armoury.awaitState(inspection, "passed");

        var message = armoury.sendExhausted(inspection);

        awaitDeadLetter(message);
        assertThat(armoury.stateOf(inspection)).isEqualTo("passed");
    }

    @Test
    void aMessageThatNamesNoInspectionIsADeadLetterAndNothingElse() {
        var message = armoury.sendPayload("{\"inspection_id\": ");

        awaitDeadLetter(message);
    }

    private void awaitDeadLetter(long message) {
        await().untilAsserted(() -> assertThat(sql.count("messaging.dead_letter WHERE id = ?", message))
                .isEqualTo(1));
    }
}
