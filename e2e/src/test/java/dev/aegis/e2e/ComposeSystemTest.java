package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The system as the compose file describes it. */
@Tag("compose")
class ComposeSystemTest extends SystemTest {
    private static final String RUNS =
            "FROM scheduling.schedule_run WHERE schedule = 'inspect-overdue' AND run_at >= '%s'";
    private static final String MANY = "FROM inspection i JOIN shield s ON s.id = i.shield_id WHERE s.name = 'Many'";

    private static ComposeSystem system;

    @BeforeAll
    static void start() {
        system = new ComposeSystem();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Override
    RunningSystem system() {
        return system;
    }

    @Override
    int inspectionsToSurvive() {
        return 2_000;
    }

    @Test
    @Override
    void eachInspectionHasOneOutcomeThoughAWorkerIsKilledInTheMiddle() throws SQLException {
        system.scale(4, 2);
        super.eachInspectionHasOneOutcomeThoughAWorkerIsKilledInTheMiddle();
    }

    @Test
    void psqlShowsTheTables() {
        system.api().post("/shields", "{\"name\": \"Dragon Scale\", \"defense_rating\": 95}");

        assertThat(system.psql("\\dt\n").lines().filter(line -> line.contains("| table |")))
                .hasSize(3)
                .anyMatch(line -> line.contains("shield"));
        assertThat(system.psql("\\d shield\n"))
                .containsPattern("id +\\| bigint +\\| +\\| not null")
                .containsPattern("name +\\| text +\\| +\\| not null")
                .containsPattern("defense_rating +\\| integer +\\| +\\| not null \\| 10");
        assertThat(system.psql("SELECT * FROM shield;\n\\q\n")).containsPattern("Dragon Scale +\\| +95 ");
    }

    @Test
    void withFourWorkersAndTwoSchedulersEveryRunHappensOnce() {
        system.scale(4, 2);
        var begin = Instant.now();
        Sql.execute(
                system,
                "INSERT INTO shield (name, created_at) SELECT 'Many', now() - interval '1 day' FROM generate_series(1, 1000)");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> Sql.number(system, "SELECT count(*) " + MANY + " AND finished_at IS NOT NULL") >= 1000);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Sql.number(system, "SELECT count(*) " + RUNS.formatted(begin)) >= 4);

        assertThat(Sql.number(system, "SELECT count(DISTINCT due_at) " + RUNS.formatted(begin)))
                .as("times at which the schedule fired")
                .isEqualTo(Sql.number(system, "SELECT count(*) " + RUNS.formatted(begin)));
        assertThat(Sql.number(system, "SELECT sum(sent) " + RUNS.formatted(begin)))
                .as("inspections that the runs requested")
                .isEqualTo(1000);
        assertThat(Sql.number(system, "SELECT count(*) " + MANY)).isEqualTo(1000);
        assertThat(Sql.number(system, "SELECT count(DISTINCT worker) " + MANY))
                .as("workers that took part")
                .isGreaterThan(1);
        assertThat(Sql.number(system, "SELECT count(*) FROM scheduling.run_overview WHERE failed > 0"))
                .isZero();
    }

    @Test
    void theSystemSurvivesAnOutageOfTheDatabaseAndRespondsWith503Meanwhile() {
        var before = startTimes();
        try (var load = new Load(system.api(), 4)) {
            await().until(() -> load.seen(201) > 20);
            system.docker("compose", "stop", "postgres");
            var away = Instant.now();
            load.forget();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Duration.between(away, Instant.now()).toSeconds() >= 10);
            assertThat(load.failures()).as("requests without an answer").isEmpty();
            assertThat(load.statuses()).as("answers without a database").containsOnly(503);
            assertThat(load.withoutRetryAfter()).isZero();

            system.docker("compose", "start", "postgres");
            load.forget();
            await().atMost(Duration.ofSeconds(60)).until(() -> load.seen(201) > 100);
            assertThat(load.ever()).as("answers all the time").isSubsetOf(201, 503);
        }

        assertThat(startTimes()).as("start times of the services").isEqualTo(before);
        system.awaitReady();
        var shield = system.api().post("/shields", "{\"name\": \"Phoenix\"}");
        var inspection = system.api().post(shield.location() + "/inspections");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> system.api().get(inspection.location()).json().getString("finished_at") != null);
    }

    private static List<String> startTimes() {
        return Stream.of("api", "scheduler", "worker")
                .flatMap(service -> system.containers(service).stream())
                .map(container -> system.docker("inspect", "--format", "{{.Name}} {{.State.StartedAt}}", container))
                .toList();
    }
}
