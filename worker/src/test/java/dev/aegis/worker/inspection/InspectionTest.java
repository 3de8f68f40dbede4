package dev.aegis.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import dev.aegis.worker.Impatient;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The way of an inspection from its message to its outcome. */
@QuarkusTest
@TestProfile(Impatient.class)
class InspectionTest {

    @Inject
    Armoury armoury;

    @Inject
    AgroalDataSource database;

    @Inject
    Sql sql;

    @Test
    void aSoundShieldPasses() {
        var shield = armoury.shield(95);

        var inspection = armoury.inspection(shield);

        armoury.awaitState(inspection, "passed");
        assertThat(armoury.ratingOf(shield)).isEqualTo(95);
        assertThat(recordOf(inspection)).isEqualTo("95 -> 95: Found at 95: sound");
    }

    @Test
    void aWornShieldLosesItsWear() {
        var shield = armoury.shield(95, "7 days 3 hours");

        var inspection = armoury.inspection(shield);

        armoury.awaitState(inspection, "passed");
        assertThat(armoury.ratingOf(shield)).isEqualTo(88);
        assertThat(recordOf(inspection)).isEqualTo("95 -> 88: Worn by 7 to 88: sound");
    }

    @Test
    void aWeakShieldIsRepaired() {
        var shield = armoury.shield(10);

        armoury.awaitState(armoury.inspection(shield), "repaired");

        assertThat(armoury.ratingOf(shield)).isEqualTo(30);
    }

    @Test
    void aShieldThatHasFallenApartIsCondemned() {
        var shield = armoury.shield(3);

        armoury.awaitState(armoury.inspection(shield), "condemned");

        assertThat(armoury.ratingOf(shield)).isZero();
    }

    @Test
    void anInspectionHasItsWorkerAndItsTimes() {
        var inspection = armoury.inspection(armoury.shield(95));

        armoury.awaitState(inspection, "passed");

        assertThat(sql.select("SELECT worker FROM inspection WHERE id = ?", inspection))
                .isEqualTo(sql.select("SELECT current_setting('application_name')"));
        assertThat(sql.select(
                        "SELECT requested_at <= finished_at AND finished_at <= now()" + " FROM inspection WHERE id = ?",
                        inspection))
                .containsExactly("t");
    }

    @Test
    void aShieldWearsFromItsLastInspectionOn() {
        var shield = armoury.shield(95, "7 days");
        armoury.awaitState(armoury.inspection(shield), "passed");

        armoury.awaitState(armoury.inspection(shield), "passed");

        assertThat(armoury.ratingOf(shield)).isEqualTo(88);
    }

    @Test
    void manyInspectionsLeaveConnectionsInThePool() {
        var inspections = IntStream.range(0, 300)
                .mapToObj(n -> armoury.inspection(armoury.shield(10)))
                .toList();

        armoury.awaitMessagesHandled();

        assertThat(inspections).allSatisfy(inspection -> assertThat(armoury.stateOf(inspection))
                .isEqualTo("repaired"));
        assertThat(database.getMetrics().maxUsedCount()).isLessThan(16);
        await().untilAsserted(
                        () -> assertThat(database.getMetrics().awaitingCount()).isZero());
    }

    private String recordOf(long inspection) {
        return sql.select(
                        "SELECT rating_before || ' -> ' || rating_after || ': ' || finding FROM inspection WHERE id = ?",
                        inspection)
                .get(0);
    }
}
