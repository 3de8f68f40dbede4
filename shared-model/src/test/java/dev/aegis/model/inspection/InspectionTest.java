package dev.aegis.model.inspection;

import static dev.aegis.model.inspection.InspectionState.CONDEMNED;
import static dev.aegis.model.inspection.InspectionState.FAILED;
import static dev.aegis.model.inspection.InspectionState.PASSED;
import static dev.aegis.model.inspection.InspectionState.REPAIRED;
import static dev.aegis.model.inspection.InspectionState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aegis.model.shield.Shield;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final InspectionResult MENDED = new InspectionResult(REPAIRED, 30, "Found at 10: mended to 30");

    private final Shield shield = new Shield("Dragon Scale", 10);
    private final Inspection inspection = new Inspection(shield, Requester.API);

    @Test
    void aRequestedInspectionIsOpen() {
        assertThat(inspection.state).isEqualTo(REQUESTED);
        assertThat(inspection.isOpen()).isTrue();
        assertThat(inspection.isCompleted()).isFalse();
    }

    @Test
    void completionGivesTheInspectionItsResultAndTheShieldItsRating() {
        inspection.complete(MENDED, "worker@one", NOW);

        assertThat(inspection.isCompleted()).isTrue();
        assertThat(inspection.state).isEqualTo(REPAIRED);
        assertThat(inspection.ratingBefore).isEqualTo(10);
        assertThat(inspection.ratingAfter).isEqualTo(30);
        assertThat(inspection.finding).isEqualTo("Found at 10: mended to 30");
        assertThat(inspection.worker).isEqualTo("worker@one");
        assertThat(inspection.finishedAt).isEqualTo(NOW);
        assertThat(shield.defenseRating).isEqualTo(30);
        assertThat(shield.inspectedAt).isEqualTo(NOW);
    }

    @Test
    void aCompletedInspectionIsNeitherCompletedAgainNorFails() {
        inspection.complete(MENDED, "worker@one", NOW);

        assertThatIllegalStateException().isThrownBy(() -> inspection.complete(MENDED, "worker@two", NOW));
        assertThatIllegalStateException().isThrownBy(() -> inspection.fail("Given up", NOW));
        assertThat(inspection.worker).isEqualTo("worker@one");
    }

    @Test
    void aFailureDoesNotChangeTheShield() {
        inspection.fail("Given up", NOW);

        assertThat(inspection.state).isEqualTo(FAILED);
        assertThat(inspection.isOpen()).isFalse();
        assertThat(inspection.finding).isEqualTo("Given up");
        assertThat(inspection.finishedAt).isEqualTo(NOW);
        assertThat(shield.defenseRating).isEqualTo(10);
        assertThat(shield.inspectedAt).isNull();
    }

    @Test
    void anInspectionThatFailedCanStillBeCompletedAndIsReportedOnceMore() {
        inspection.fail("Given up", NOW);
        inspection.reported = true;

        inspection.complete(MENDED, "worker@one", NOW.plusSeconds(60));

        assertThat(inspection.state).isEqualTo(REPAIRED);
        assertThat(inspection.finishedAt).isEqualTo(NOW.plusSeconds(60));
        assertThat(inspection.reported).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = InspectionState.class,
            names = {"REQUESTED", "FAILED"})
    void aResultNeedsAnOutcome(InspectionState state) {
        assertThatIllegalArgumentException().isThrownBy(() -> new InspectionResult(state, 10, "Found at 10"));
    }

    @Test
    void aResultNeedsAValidRating() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InspectionResult(PASSED, 101, "Found at 101"));
        assertThatIllegalArgumentException().isThrownBy(() -> new InspectionResult(CONDEMNED, -1, "Found at -1"));
    }

    @Test
    void theTimeSinceTheLastInspectionStartsAtTheCreationOfTheShield() {
        shield.createdAt = NOW.minus(Duration.ofDays(7));
        assertThat(shield.sinceLastInspection(NOW)).isEqualTo(Duration.ofDays(7));

        shield.recordInspection(30, NOW);
        assertThat(shield.sinceLastInspection(NOW.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        assertThat(shield.sinceLastInspection(NOW.minusSeconds(5)))
                .as("by a clock that was set back")
                .isZero();
    }
}
