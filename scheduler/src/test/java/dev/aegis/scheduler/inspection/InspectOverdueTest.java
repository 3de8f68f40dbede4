package dev.aegis.scheduler.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.ScheduleRun;
import dev.aegis.scheduler.TestTimes;
import dev.aegis.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestTimes.class)
class InspectOverdueTest {

    @Inject
    OverdueShields overdue;

    @Inject
    InspectionSettings settings;

    @Inject
    Session database;

    @Inject
    @Channel("inspections")
    Emitter<InspectionRequested> requests;

    @Inject
    Sql sql;

    @BeforeEach
    void emptyTheArmoury() {
        sql.update("DELETE FROM shield");
        sql.update("DELETE FROM messaging.message WHERE queue = 'inspections'");
    }

    @Test
    void aShieldWhoseInspectionIsLongAgoIsOverdue() {
        shield("Dragon Scale", "now() - interval '90 days'", "now() - interval '61 minutes'");

        var sent = run(settings);

        assertThat(sent).isEqualTo(1);
        assertThat(sql.select("SELECT requested_by || ' ' || state FROM inspection"))
                .containsExactly("schedule requested");
    }

    @Test
    void aShieldThatWasInspectedLatelyIsNotOverdue() {
        shield("Dragon Scale", "now() - interval '90 days'", "now() - interval '59 minutes'");

        assertThat(run(settings)).isZero();
    }

    @Test
    void aShieldThatWasInspectedInTheFutureIsOverdue() {
        shield("Dragon Scale", "now() - interval '90 days'", "now() + interval '1 year'");

        assertThat(run(settings)).isEqualTo(1);
    }

    @Test
    void aShieldThatWasInspectedInTheFutureDoesNotStarveBehindABacklog() {
        overdueShields(3);
        shield("Ahead", "now() - interval '90 days'", "now() + interval '1 year'");

        assertThat(run(new TestSettings(2))).isEqualTo(2);
        assertThat(inspectedShields()).hasSize(2).contains("Ahead");
    }

    @Test
    void aFailureInTheFutureDoesNotSilenceAShield() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                + " SELECT id, 'schedule', 'failed', now() + interval '1 year' FROM shield");

        assertThat(run(settings)).isEqualTo(1);
    }

    @Test
    void aShieldThatWasNeverInspectedIsOverdueOnceItIsOldEnough() {
        shield("New", "now() - interval '59 minutes'", "NULL");
        shield("Old", "now() - interval '61 minutes'", "NULL");

        run(settings);

        assertThat(inspectedShields()).containsExactly("Old");
    }

    @Test
    void eachInspectionIsRequestedByAMessageThatNamesTheRun() {
        overdueShields(3);
        var run = new ScheduleRun("inspect-overdue", Instant.now());

        run(run, settings);

        assertThat(sql.select(
                        "SELECT payload::jsonb ->> 'inspection_id' FROM messaging.message"
                                + " WHERE queue = 'inspections' AND headers ->> 'run' = ? ORDER BY id",
                        Long.toString(run.id())))
                .hasSize(3)
                .isEqualTo(sql.select("SELECT id FROM inspection WHERE schedule_run_id = ? ORDER BY id", run.id()));
    }

    @Test
    void aShieldThatWaitsForItsInspectionIsNotRequestedAgain() {
        overdueShields(3);
        run(settings);

        assertThat(run(settings)).isZero();
        assertThat(sql.count("inspection")).isEqualTo(3);
    }

    @Test
    void anInspectionThatAClientRequestedDoesNotHoldUpTheScheduledOne() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by) SELECT id, 'api' FROM shield");

        assertThat(run(settings)).isEqualTo(1);
    }

    @Test
    void aShieldWhoseInspectionFailedIsRequestedAgainAfterTheInterval() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                + " SELECT id, 'schedule', 'failed', now() - interval '59 minutes' FROM shield");
        assertThat(run(settings)).isZero();

        sql.update("UPDATE inspection SET finished_at = now() - interval '61 minutes'");
        assertThat(run(settings)).isEqualTo(1);
    }

    @Test
    void noMoreThanTheLimitWaitAtATimeAndThoseFirstThatHaveWaitedLongest() {
        shield("Long", "now() - interval '90 days'", "now() - interval '9 hours'");
        shield("Longer", "now() - interval '90 days'", "NULL");
        shield("Short", "now() - interval '90 days'", "now() - interval '2 hours'");
        var limited = new TestSettings(2);

        assertThat(run(limited)).isEqualTo(2);
        assertThat(inspectedShields()).containsExactly("Longer", "Long");
        assertThat(run(limited)).isZero();

        sql.update("UPDATE inspection SET state = 'passed', finished_at = now()");
        sql.update("UPDATE shield SET inspected_at = now() WHERE name = 'Longer'");
        assertThat(run(limited)).isEqualTo(2);
        assertThat(inspectedShields()).containsExactly("Longer", "Long", "Long", "Short");
    }

    @Test
    void aLargeArmouryIsRequestedShieldByShieldInOneRun() {
        overdueShields(12_000);

        assertThat(run(settings)).isEqualTo(12_000);
        assertThat(sql.select("SELECT count(DISTINCT shield_id) FROM inspection"))
                .containsExactly("12000");
        assertThat(sql.select("SELECT count(DISTINCT payload) FROM messaging.message WHERE queue = 'inspections'"))
                .containsExactly("12000");
    }

    private List<String> inspectedShields() {
        return sql.select("SELECT name FROM inspection JOIN shield ON shield.id = shield_id ORDER BY inspection.id");
    }

    /** Returns how many inspections were requested. */
    private int run(InspectionSettings settings) {
        return run(new ScheduleRun("inspect-overdue", Instant.now()), settings);
    }

    private int run(ScheduleRun run, InspectionSettings settings) {
        QuarkusTransaction.requiringNew().run(() -> {
            database.persist(run);
            new InspectOverdue(overdue, settings, run, requests).requestInspections();
        });
        return run.sent();
    }

    private void overdueShields(int count) {
        sql.update(
                "INSERT INTO shield (name, created_at)"
                        + " SELECT 'Shield ' || n, now() - interval '2 hours' FROM generate_series(1, ?) n",
                count);
    }

    private void shield(String name, String createdAt, String inspectedAt) {
        sql.update(
                "INSERT INTO shield (name, created_at, inspected_at) VALUES (?, %s, %s)"
                        .formatted(createdAt, inspectedAt),
                name);
    }
}
