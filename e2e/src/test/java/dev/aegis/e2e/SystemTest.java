package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What holds however the system runs. */
abstract class SystemTest {
    private static final String OUTCOMES = "('passed', 'repaired', 'condemned')";

    abstract RunningSystem system();

    /** How many inspections are in progress when the worker is killed. */
    abstract int inspectionsToSurvive();

    @Test
    void anInspectionGoesFromTheRequestToItsOutcome() {
        inspectedWithin(Duration.ofSeconds(20));
        inspectedWithin(Duration.ofSeconds(1));
    }

    @Test
    void theShieldIsInTheTableAsWhoeverUsesPsqlExpects() {
        var id = system().api()
                .post("/shields", "{\"name\": \"Plain Wood\"}")
                .json()
                .getLong("id");

        assertThat(Sql.column(system(), "SELECT defense_rating FROM shield WHERE id = " + id))
                .containsExactly("10");
        assertThat(Sql.column(system(), """
                        SELECT column_name || ' ' || data_type FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name = 'shield' ORDER BY ordinal_position
                        """))
                .containsExactly(
                        "id bigint",
                        "name text",
                        "defense_rating integer",
                        "created_at timestamp with time zone",
                        "inspected_at timestamp with time zone");
    }

    @Test
    void anOverdueShieldIsInspectedByTheScheduleOnce() {
        Sql.execute(
                system(),
                "INSERT INTO shield (name, created_at) SELECT 'Overdue', now() - interval '1 day' FROM generate_series(1, 50)");
        var inspections =
                "FROM inspection JOIN shield s ON s.id = shield_id WHERE s.name = 'Overdue' AND requested_by = 'schedule'";

        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Sql.number(system(), "SELECT count(*) " + inspections + " AND finished_at IS NOT NULL") >= 50);

        assertThat(Sql.number(system(), "SELECT count(*) " + inspections)).isEqualTo(50);
        assertThat(Sql.number(system(), "SELECT count(DISTINCT shield_id) " + inspections))
                .isEqualTo(50);
    }

    @Test
    void theScheduleWritesAReportThatTheApiServes() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> system().api().get("/reports/latest").status() == 200);
    }

    @Test
    void eachInspectionHasOneOutcomeThoughAWorkerIsKilledInTheMiddle() throws SQLException {
        var count = inspectionsToSurvive();
        var shields = Sql.column(
                system(),
                "INSERT INTO shield (name, defense_rating) SELECT 'Survivor', 50 FROM generate_series(1, " + count
                        + ") RETURNING id");

        try (var holder = system().database()) {
            holder.setAutoCommit(false);
            // Nobody gets past these, so the kill finds the workers in the middle, with inspections in their hands.
            Sql.column(
                    holder,
                    "SELECT id FROM shield WHERE id BETWEEN " + shields.get(count / 2) + " AND "
                            + shields.get(count / 2 + 99) + " FOR NO KEY UPDATE");
            var answer = system().api().post("/inspections", "{\"shield_ids\": [" + String.join(",", shields) + "]}");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.json().getInt("count")).isEqualTo(count);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> finished("Survivor") >= count / 2
                            && Sql.number(
                                            system(),
                                            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%worker%'"
                                                    + " AND wait_event_type = 'Lock'")
                                    > 0);
            system().killAWorker();
            assertThat(finished("Survivor")).isLessThan(count);
            holder.rollback();
        }

        await().atMost(Duration.ofMinutes(2)).until(() -> finished("Survivor") >= count);
        var survivors = "FROM inspection i JOIN shield s ON s.id = i.shield_id WHERE s.name = 'Survivor'";
        assertThat(Sql.number(system(), "SELECT count(*) " + survivors)).isEqualTo(count);
        assertThat(Sql.number(system(), "SELECT count(*) " + survivors + " AND state IN " + OUTCOMES))
                .isEqualTo(count);
        assertThat(
                        Sql.number(
                                system(),
                                "SELECT count(*) " + survivors
                                        + " AND rating_before = 50 AND rating_after = defense_rating AND inspected_at IS NOT NULL"))
                .as("inspections that were done once")
                .isEqualTo(count);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Sql.number(system(), "SELECT count(*) FROM messaging.message WHERE queue = 'inspections'")
                        == 0);
        assertThat(Sql.number(system(), "SELECT count(*) FROM messaging.dead_letter"))
                .isZero();
    }

    @Test
    void theSystemStopsCleanlyAndItsDataSurvives() {
        var location = system().api()
                .post("/shields", "{\"name\": \"Old Faithful\", \"defense_rating\": 77}")
                .location();

        system().restart();

        assertThat(system().api().get(location).json().getInt("defense_rating")).isEqualTo(77);
    }

    private void inspectedWithin(Duration patience) {
        var shield = system().api().post("/shields", "{\"name\": \"Dragon Scale\", \"defense_rating\": 95}");
        assertThat(shield.status()).isEqualTo(201);
        assertThat(shield.json().getInt("defense_rating")).isEqualTo(95);

        var inspection = system().api().post(shield.location() + "/inspections");
        assertThat(inspection.status()).isEqualTo(202);

        await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> system().api().get(inspection.location()).json().getString("state"),
                        state -> OUTCOMES.contains("'" + state + "'"));
    }

    private long finished(String name) {
        return Sql.number(
                system(),
                "SELECT count(*) FROM inspection i JOIN shield s ON s.id = i.shield_id WHERE s.name = '" + name
                        + "' AND finished_at IS NOT NULL");
    }
}
