package dev.aegis.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aegis.model.report.ArmouryReports;
import dev.aegis.testing.Sql;
import dev.aegis.worker.Armoury;
import dev.aegis.worker.Impatient;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Impatient.class)
class ReportTest {

    private static final AtomicLong RUNS = new AtomicLong();

    @Inject
    Armoury armoury;

    @Inject
    UnreportedOutcomes outcomes;

    @Inject
    ArmouryReports reports;

    @Inject
    AgroalDataSource database;

    @Inject
    Sql sql;

    @BeforeEach
    void emptyTheArmoury() {
        sql.update("DELETE FROM shield");
        sql.update("DELETE FROM armoury_report");
    }

    @Test
    void anEmptyArmouryHasAReportWithoutARating() {
        report();

        assertThat(sql.select("SELECT (shields, battle_worthy, overdue, average_rating) FROM armoury_report"))
                .containsExactly("(0,0,0,)");
    }

    @Test
    void aReportHasTheStateOfTheShields() {
        shield(50, "now()");
        shield(49, "now()");
        shield(100, "now() - interval '61 minutes'");

        report();

        assertThat(sql.select("SELECT (shields, battle_worthy, overdue, average_rating) FROM armoury_report"))
                .containsExactly("(3,2,1,66.33)");
    }

    @Test
    void aReportCountsTheInspectionsOfItsPeriodByOutcome() {
        shield(50, "now()");
        inspections("passed", 4);
        inspections("repaired", 3);
        inspections("condemned", 2);
        inspections("failed", 1);
        sql.update("INSERT INTO inspection (shield_id, requested_by) SELECT id, 'api' FROM shield");

        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(4,3,2,1)");

        inspections("passed", 1);
        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(1,0,0,0)");
    }

    @Test
    void anInspectionThatEndedBeforeAReportAndIsCommittedAfterItIsInTheNext() throws SQLException {
        shield(50, "now()");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // A transaction that has not written yet: nothing tells a report that it will date something before it.
            String ended;
            try (var clock = statement.executeQuery("SELECT clock_timestamp()")) {
                clock.next();
                ended = clock.getString(1);
            }
            report();
            statement.execute("INSERT INTO public.inspection (shield_id, requested_by, state, finished_at)"
                    + " SELECT id, 'api', 'passed', '" + ended + "' FROM public.shield");
            report();
            assertThat(inspectionsOfTheLastReport()).isEqualTo("(0,0,0,0)");
            connection.commit();
        }

        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(1,0,0,0)");
        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(0,0,0,0)");
    }

    @Test
    void anInspectionThatAWrongClockDatedInThePastOrTheFutureIsInOneReport() {
        shield(50, "now()");
        report();
        inspections("passed", 2);
        sql.update("UPDATE inspection SET finished_at = now() - interval '1 day'"
                + " WHERE id = (SELECT min(id) FROM inspection)");
        sql.update("UPDATE inspection SET finished_at = now() + interval '1 day'"
                + " WHERE id = (SELECT max(id) FROM inspection)");

        report();

        assertThat(inspectionsOfTheLastReport()).isEqualTo("(2,0,0,0)");
    }

    @Test
    void aLockedInspectionIsLeftToTheNextReport() throws SQLException {
        shield(50, "now()");
        inspections("passed", 3);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM public.inspection ORDER BY id LIMIT 1 FOR NO KEY UPDATE");

            report();
            assertThat(inspectionsOfTheLastReport()).isEqualTo("(2,0,0,0)");
        }

        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(1,0,0,0)");
    }

    @Test
    void anInspectionThatFailedAndIsCompletedLaterIsInTwoReports() {
        var inspection = armoury.requested(armoury.shield(95));
        sql.update("UPDATE inspection SET state = 'failed', finished_at = now()");
        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(0,0,0,1)");

        armoury.send(inspection);
        armoury.awaitState(inspection, "passed");
        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(1,0,0,0)");
    }

    @Test
    void outcomesAreCountedInBatchesThatAddUp() {
        shield(50, "now()");
        report();
        inspections("passed", 4);
        inspections("failed", 3);

        assertThat(addToTheLastReport(2, Duration.ofSeconds(30))).isTrue();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(4,0,0,3)");
    }

    @Test
    void outcomesForWhichAReportHasNoTimeAreLeftToTheNext() {
        shield(50, "now()");
        report();
        inspections("passed", 3);

        assertThat(addToTheLastReport(2, Duration.ZERO)).isFalse();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(2,0,0,0)");

        report();
        assertThat(inspectionsOfTheLastReport()).isEqualTo("(1,0,0,0)");
    }

    @Test
    void aPeriodThatAWrongClockEndedInTheFutureIsNotTheLast() {
        report();
        sql.update("INSERT INTO armoury_report (period_start, period_end, shields, battle_worthy, overdue,"
                + " inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)"
                + " SELECT now(), now() + interval '1 day', 0, 0, 0, 0, 0, 0, 0");
        var ended = sql.select("SELECT min(period_end) FROM armoury_report");

        report();

        assertThat(sql.select("SELECT period_start FROM armoury_report ORDER BY id DESC LIMIT 1"))
                .isEqualTo(ended);
    }

    @Test
    void aReportWhoseRunWasDeletedIsWritten() {
        send(Long.MAX_VALUE);

        await().untilAsserted(() -> assertThat(sql.count("armoury_report")).isEqualTo(1));
    }

    @Test
    void aPeriodBeginsWhereTheLastOneEnded() {
        report();
        report();
        report();

        assertThat(sql.select(
                        "SELECT period_start = lag(period_end) OVER (ORDER BY id) FROM armoury_report ORDER BY id"))
                .containsExactly(null, "t", "t");
    }

    @Test
    void aMessageThatIsDeliveredAgainWritesNoSecondReport() {
        var run = report();

        send(run);
        awaitMessagesHandled();

        assertThat(sql.count("armoury_report")).isEqualTo(1);
    }

    /** Has a report written, and says which run asked for it. */
    private long report() {
        var run = RUNS.incrementAndGet();
        send(run);
        await().untilAsserted(() -> assertThat(sql.count("armoury_report WHERE schedule_run_id = ?", run))
                .isEqualTo(1));
        return run;
    }

    private void send(long run) {
        sql.update(
                "INSERT INTO messaging.message (queue, content_type, payload) VALUES ('reports', 'application/json', ?)",
                String.format(Locale.ROOT, "{\"schedule_run_id\": %d}", run));
    }

    private void awaitMessagesHandled() {
        await().untilAsserted(() -> assertThat(sql.count("messaging.message WHERE queue = 'reports'"))
                .isZero());
    }

    private boolean addToTheLastReport(int batch, Duration time) {
        var last =
                Long.parseLong(sql.select("SELECT max(id) FROM armoury_report").get(0));
        return QuarkusTransaction.requiringNew().call(() -> outcomes.addTo(reports.findById(last), batch, time));
    }

    private String inspectionsOfTheLastReport() {
        return sql.select("SELECT (inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)"
                        + " FROM armoury_report ORDER BY id DESC LIMIT 1")
                .get(0);
    }

    private void shield(int rating, String inspectedAt) {
        sql.update(
                "INSERT INTO shield (name, defense_rating, inspected_at) VALUES ('Dragon Scale', ?, %s)"
                        .formatted(inspectedAt),
                rating);
    }

    private void inspections(String state, int count) {
        sql.update(
                "INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                        + " SELECT shield.id, 'api', ?, clock_timestamp() FROM shield, generate_series(1, ?)",
                state,
                count);
    }
}
