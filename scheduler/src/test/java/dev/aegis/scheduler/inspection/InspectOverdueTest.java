package dev.aegis.scheduler.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.Firing;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestTimes.class)
class InspectOverdueTest {

    @Inject
    InspectOverdue schedule;

    @Inject
    OverdueShields overdue;

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

        var sent = fire(schedule);

        assertThat(sent).isEqualTo(1);
        assertThat(sql.select("SELECT requested_by || ' ' || state FROM inspection"))
                .containsExactly("schedule requested");
    }

    @Test
    void aShieldThatWasInspectedLatelyIsNotOverdue() {
        shield("Dragon Scale", "now() - interval '90 days'", "now() - interval '59 minutes'");

        assertThat(fire(schedule)).isZero();
    }

    @Test
    void aShieldThatWasInspectedInTheFutureIsOverdue() {
        shield("Dragon Scale", "now() - interval '90 days'", "now() + interval '1 year'");

        assertThat(fire(schedule)).isEqualTo(1);
    }

    @Test
    void aShieldThatWasInspectedInTheFutureDoesNotStarveBehindABacklog() {
        overdueShields(3);
        shield("Ahead", "now() - interval '90 days'", "now() + interval '1 year'");

        assertThat(fire(new InspectOverdue(overdue, requests, 2))).isEqualTo(2);
        assertThat(inspectedShields()).hasSize(2).contains("Ahead");
    }

    @Test
    void aFailureInTheFutureDoesNotSilenceAShield() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                + " SELECT id, 'schedule', 'failed', now() + interval '1 year' FROM shield");

        assertThat(fire(schedule)).isEqualTo(1);
    }

    @Test
    void aShieldThatWasNeverInspectedIsOverdueOnceItIsOldEnough() {
        shield("New", "now() - interval '59 minutes'", "NULL");
        shield("Old", "now() - interval '61 minutes'", "NULL");

        fire(schedule);

        assertThat(inspectedShields()).containsExactly("Old");
    }

    @Test
    void eachInspectionIsAskedForByAMessageThatNamesTheFiring() {
        overdueShields(3);
        var firing = firing();

        fire(schedule, firing);

        assertThat(sql.select(
                        "SELECT payload::jsonb ->> 'inspection_id' FROM messaging.message"
                                + " WHERE queue = 'inspections' AND headers ->> 'firing' = ? ORDER BY id",
                        Long.toString(firing.id())))
                .hasSize(3)
                .isEqualTo(sql.select("SELECT id FROM inspection WHERE firing_id = ? ORDER BY id", firing.id()));
    }

    @Test
    void aShieldThatWaitsForItsInspectionIsNotAskedForAgain() {
        overdueShields(3);
        fire(schedule);

        assertThat(fire(schedule)).isZero();
        assertThat(sql.count("inspection")).isEqualTo(3);
    }

    @Test
    void anInspectionThatAClientAskedForDoesNotHoldUpTheScheduledOne() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by) SELECT id, 'api' FROM shield");

        assertThat(fire(schedule)).isEqualTo(1);
    }

    @Test
    void aShieldWhoseInspectionFailedIsAskedForAgainAfterTheInterval() {
        overdueShields(1);
        sql.update("INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                + " SELECT id, 'schedule', 'failed', now() - interval '59 minutes' FROM shield");
        assertThat(fire(schedule)).isZero();

        sql.update("UPDATE inspection SET finished_at = now() - interval '61 minutes'");
        assertThat(fire(schedule)).isEqualTo(1);
    }

    @Test
    void noMoreThanTheLimitWaitAtATimeAndThoseFirstThatHaveWaitedLongest() {
        shield("Long", "now() - interval '90 days'", "now() - interval '9 hours'");
        shield("Longer", "now() - interval '90 days'", "NULL");
        shield("Short", "now() - interval '90 days'", "now() - interval '2 hours'");
        var limited = new InspectOverdue(overdue, requests, 2);

        assertThat(fire(limited)).isEqualTo(2);
        assertThat(inspectedShields()).containsExactly("Longer", "Long");
        assertThat(fire(limited)).isZero();

        sql.update("UPDATE inspection SET state = 'passed', finished_at = now()");
        sql.update("UPDATE shield SET inspected_at = now() WHERE name = 'Longer'");
        assertThat(fire(limited)).isEqualTo(2);
        assertThat(inspectedShields()).containsExactly("Longer", "Long", "Long", "Short");
    }

    @Test
    void aLargeArmouryIsAskedForShieldByShieldInOneFiring() {
        overdueShields(12_000);

        assertThat(fire(schedule)).isEqualTo(12_000);
        assertThat(sql.select("SELECT count(DISTINCT shield_id) FROM inspection"))
                .containsExactly("12000");
        assertThat(sql.select("SELECT count(DISTINCT payload) FROM messaging.message WHERE queue = 'inspections'"))
                .containsExactly("12000");
    }

    private List<String> inspectedShields() {
        return sql.select("SELECT name FROM inspection JOIN shield ON shield.id = shield_id ORDER BY inspection.id");
    }

    private int fire(InspectOverdue schedule) {
        return fire(schedule, firing());
    }

    private static int fire(InspectOverdue schedule, Firing firing) {
        return QuarkusTransaction.requiringNew().call(() -> schedule.fire(firing));
    }

    private Firing firing() {
        var id = sql.select("INSERT INTO scheduling.schedule_firing (schedule, fire_time)"
                + " VALUES ('inspect-overdue', clock_timestamp()) RETURNING id");
        return new Firing(Long.parseLong(id.get(0)), "inspect-overdue", Instant.now());
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
