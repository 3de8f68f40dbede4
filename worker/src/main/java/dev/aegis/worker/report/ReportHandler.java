package dev.aegis.worker.report;

import dev.aegis.model.report.ReportRequested;
import dev.aegis.worker.inspection.Examination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Writes a report on the armoury, one for each firing that asks. The period goes on where that of the last report ended, so
 * that each inspection is in one report, whatever was missed meanwhile.
 */
@ApplicationScoped
class ReportHandler {

    private static final Logger LOG = Logger.getLogger(ReportHandler.class);

    /**
     * An inspection is dated before its transaction commits. So the period ends where the oldest transaction that writes
     * began, and the report is a statement after this one: what is dated earlier has been committed, and is seen.
     */
    private static final String PERIOD_END = """
            SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
            WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()""";

    private final Session database;
    private final Duration interval;

    ReportHandler(Session database, @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.database = database;
        this.interval = interval;
    }

    @Incoming("reports")
    @Transactional
    void write(ReportRequested request) {
        var end = database.createNativeQuery(PERIOD_END, Instant.class).getSingleResult();
        var written = database.createNativeMutationQuery("""
                        WITH period AS (
                            SELECT coalesce(
                                       (SELECT max(period_end) FROM armoury_report),
                                       (SELECT min(finished_at) FROM inspection),
                                       :end) AS beginning),
                        shields AS (
                            SELECT count(*) AS shields,
                                   count(*) FILTER (WHERE defense_rating >= :battleWorthy) AS battle_worthy,
                                   count(*) FILTER (WHERE coalesce(inspected_at, created_at)
                                       < now() - make_interval(secs => :interval)) AS overdue,
                                   round(avg(defense_rating), 2) AS average_rating
                            FROM shield),
                        inspections AS (
                            SELECT count(*) FILTER (WHERE state = 'passed') AS passed,
                                   count(*) FILTER (WHERE state = 'repaired') AS repaired,
                                   count(*) FILTER (WHERE state = 'condemned') AS condemned,
                                   count(*) FILTER (WHERE state = 'failed') AS failed
                            FROM inspection, period
                            WHERE finished_at >= period.beginning AND finished_at < :end)
                        INSERT INTO armoury_report (firing_id, period_start, period_end,
                            shields, battle_worthy, overdue, average_rating,
                            inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)
                        SELECT :firing, least(beginning, :end), :end,
                            shields, battle_worthy, overdue, average_rating,
                            passed, repaired, condemned, failed
                        FROM period, shields, inspections
                        ON CONFLICT (firing_id) WHERE firing_id IS NOT NULL DO NOTHING
                        """)
                .setParameter("firing", request.firingId())
                .setParameter("end", end)
                .setParameter("battleWorthy", Examination.BATTLE_WORTHY)
                .setParameter("interval", (double) interval.toSeconds())
                .executeUpdate();
        LOG.infof(
                written == 1 ? "Wrote the report that firing %d asked for" : "Firing %d has its report already",
                request.firingId());
    }
}
