package dev.aegis.worker.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import dev.aegis.worker.Impatient;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Impatient.class)
class RetentionTest {

    @Inject
    Retention retention;

    @Inject
    AgroalDataSource database;

    @Inject
    Sql sql;

    @BeforeEach
    void forgetEverything() {
        sql.update("DELETE FROM shield");
        sql.update("DELETE FROM armoury_report");
    }

    @Test
    void expiredInspectionsAreRemoved() {
        inspections(1, "passed", "31 days");
        inspections(1, "failed", "31 days");
        inspections(1, "passed", "29 days");

        retention.removeExpired();

        assertThat(sql.count("inspection")).isEqualTo(1);
    }

    @Test
    void anOpenInspectionIsKeptHoweverOldItIs() {
        inspections(1, "requested", null);
        sql.update("UPDATE inspection SET requested_at = now() - interval '400 days'");

        retention.removeExpired();

        assertThat(sql.count("inspection")).isEqualTo(1);
    }

    @Test
    void manyRowsAreRemovedInSmallTransactionsOldestFirst() {
        inspections(2_500, "passed", "31 days");
        inspections(1, "passed", "99 days");
        sql.update(
                "CREATE TABLE batch (no bigint GENERATED ALWAYS AS IDENTITY, transaction bigint, size bigint, oldest timestamptz)");
        sql.update("""
                CREATE FUNCTION note_batch() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO batch (transaction, size, oldest)
                    SELECT txid_current(), count(*), min(finished_at) FROM gone;
                    RETURN NULL;
                END $$""");
        sql.update("CREATE TRIGGER note_batch AFTER DELETE ON inspection REFERENCING OLD TABLE AS gone"
                + " FOR EACH STATEMENT EXECUTE FUNCTION note_batch()");
        try {
            retention.removeExpired();

            assertThat(sql.select("SELECT size FROM batch ORDER BY no")).containsExactly("1000", "1000", "501");
            assertThat(sql.select("SELECT count(DISTINCT transaction) FROM batch"))
                    .containsExactly("3");
            assertThat(sql.select("SELECT oldest < now() - interval '98 days' FROM batch ORDER BY no"))
                    .containsExactly("t", "f", "f");
        } finally {
            sql.update("DROP TRIGGER note_batch ON inspection");
            sql.update("DROP FUNCTION note_batch");
            sql.update("DROP TABLE batch");
        }
    }

    @Test
    void lockedRowsAreLeftToTheNextTime() throws SQLException {
        inspections(3, "passed", "31 days");
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM public.inspection ORDER BY id LIMIT 1 FOR UPDATE");

            retention.removeExpired();
            assertThat(sql.count("inspection")).isEqualTo(1);

            connection.rollback();
        }
        retention.removeExpired();
        assertThat(sql.count("inspection")).isZero();
    }

    @Test
    void expiredReportsAreRemoved() {
        report("91 days");
        report("89 days");

        retention.removeExpired();

        assertThat(sql.count("armoury_report")).isEqualTo(1);
    }

    private void inspections(int count, String state, String finishedAgo) {
        sql.update("INSERT INTO shield (name) VALUES ('Dragon Scale')");
        sql.update(
                "INSERT INTO inspection (shield_id, requested_by, state, finished_at)"
                        + " SELECT max(id), 'api', ?, now() - ?::interval FROM shield, generate_series(1, ?) n GROUP BY n",
                state,
                finishedAgo,
                count);
    }

    private void report(String age) {
        sql.update(
                "INSERT INTO armoury_report (created_at, period_start, period_end, shields, battle_worthy, overdue,"
                        + " inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)"
                        + " SELECT at, at, at, 0, 0, 0, 0, 0, 0, 0 FROM (SELECT now() - ?::interval AS at) t",
                age);
    }
}
