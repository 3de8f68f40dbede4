package dev.aegis.worker.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import dev.aegis.worker.Impatient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However often a message is delivered, and whatever happens at the same time, an inspection has its effect once. */
@QuarkusTest
@TestProfile(Impatient.class)
class InspectionOnceTest {

    @Inject
    Armoury armoury;

    @Inject
    Sql sql;

    @Test
    void aMessageThatIsDeliveredAgainChangesNothing() {
        var shield = armoury.shield(10);
        var inspection = armoury.inspection(shield);
        armoury.awaitState(inspection, "repaired");
        var before = snapshot(shield, inspection);

        armoury.send(inspection);
        armoury.awaitMessagesHandled();

        assertThat(snapshot(shield, inspection)).isEqualTo(before);
    }

    @Test
    void aMessageThatIsDeliveredTwiceAtOnceTakesEffectOnce() {
        var shields = IntStream.range(0, 100).mapToObj(n -> armoury.shield(10)).toList();
        var inspections = shields.stream().map(armoury::requested).toList();
        inspections.forEach(inspection -> {
            armoury.send(inspection);
            armoury.send(inspection);
        });

        armoury.awaitMessagesHandled();

        assertThat(shields)
                .allSatisfy(shield -> assertThat(armoury.ratingOf(shield)).isEqualTo(30));
        assertThat(inspections).allSatisfy(inspection -> assertThat(armoury.stateOf(inspection))
                .isEqualTo("repaired"));
    }

    @Test
    void inspectionsOfOneShieldBuildOnEachOther() {
        var shield = armoury.shield(10);
        IntStream.range(0, 30).forEach(n -> armoury.inspection(shield));

        armoury.awaitMessagesHandled();

        assertThat(armoury.ratingOf(shield)).isEqualTo(50);
        assertThat(sql.select(
                        "SELECT state || ' ' || rating_before || ' ' || rating_after FROM inspection"
                                + " WHERE shield_id = ? ORDER BY rating_before, rating_after LIMIT 3",
                        shield))
                .containsExactly("repaired 10 30", "repaired 30 50", "passed 50 50");
        assertThat(sql.count("inspection WHERE shield_id = ? AND state = 'passed'", shield))
                .isEqualTo(28);
    }

    @Test
    void anInspectionWaitsForAConcurrentChangeOfItsShieldAndSeesIt() throws SQLException {
        var shield = armoury.shield(10);
        try (var client = armoury.lock(shield)) {
            var inspection = armoury.inspection(shield);
            armoury.awaitWaitingWorker();

            try (var statement = client.prepareStatement("UPDATE public.shield SET defense_rating = 95 WHERE id = ?")) {
                statement.setLong(1, shield);
                statement.executeUpdate();
            }
            client.commit();

            armoury.awaitState(inspection, "passed");
        }
        assertThat(armoury.ratingOf(shield)).isEqualTo(95);
    }

    @Test
    void aWorkerThatLosesItsConnectionInTheMiddleLeavesNoTraceAndTheInspectionIsDoneAgain() throws SQLException {
        var shield = armoury.shield(10);
        try (var rack = armoury.lock(shield)) {
            var inspection = armoury.inspection(shield);
            armoury.awaitWaitingWorker();

            sql.select("SELECT pg_terminate_backend(pid) FROM " + Armoury.WAITING_WORKER);
            rack.rollback();

            armoury.awaitState(inspection, "repaired");
            armoury.awaitMessagesHandled();
            assertThat(armoury.ratingOf(shield)).isEqualTo(30);
        }
    }

    @Test
    void anInspectionWhoseShieldIsDeletedMeanwhileIsSkipped() throws SQLException {
        var shield = armoury.shield(10);
        try (var rack = armoury.lock(shield)) {
            armoury.inspection(shield);
            armoury.awaitWaitingWorker();

            try (var statement = rack.prepareStatement("DELETE FROM public.shield WHERE id = ?")) {
                statement.setLong(1, shield);
                statement.executeUpdate();
            }
            rack.commit();
        }

        armoury.awaitMessagesHandled();
        assertThat(sql.count("inspection WHERE shield_id = ?", shield)).isZero();
    }

    @Test
    void aDeletedInspectionIsSkipped() {
        var message = armoury.send(-1);

        armoury.awaitMessagesHandled();

        assertThat(sql.count("messaging.dead_letter WHERE id = ?", message)).isZero();
    }

    private String snapshot(long shield, long inspection) {
        return sql.select("SELECT shield::text FROM public.shield WHERE id = ?", shield) + " "
                + sql.select("SELECT inspection::text FROM public.inspection WHERE id = ?", inspection);
    }
}
