package dev.aegis.worker.report;

import dev.aegis.model.report.ReportRequested;
import dev.aegis.worker.inspection.Examination;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Writes a report on the armoury, one for each firing that asks. Each outcome of an inspection is counted in one report, and
 * the period goes on where that of the last report ended, whatever was missed meanwhile.
 */
@ApplicationScoped
class ReportHandler {

    private static final Logger LOG = Logger.getLogger(ReportHandler.class);

    /** The firing is gone if it was pruned, or dated in the future. A second delivery waits here for the first. */
    private static final String BEGIN = """
            INSERT INTO public.armoury_report (firing_id, period_start, period_end,
                shields, battle_worthy, overdue, average_rating,
                inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)
            SELECT (SELECT id FROM scheduling.schedule_firing WHERE id = :firing),
                   coalesce(
                       (SELECT max(period_end) FROM public.armoury_report WHERE period_end <= now()),
                       (SELECT min(finished_at) FROM public.inspection WHERE finished_at <= now()),
                       now()),
                   now(),
                   count(*),
                   count(*) FILTER (WHERE defense_rating >= :battleWorthy),
                   count(*) FILTER (WHERE coalesce(inspected_at, created_at)
                       NOT BETWEEN now() - make_interval(secs => :interval) AND now() + interval '1 minute'),
                   round(avg(defense_rating), 2),
                   0, 0, 0, 0
            FROM public.shield
            ON CONFLICT (firing_id) WHERE firing_id IS NOT NULL DO NOTHING
            RETURNING id""";

    /**
     * By a mark and not by the time: what was dated before the last report, and was committed after it, is in this one, and
     * so is what was dated while a clock was wrong. What somebody else holds is left to the next.
     */
    private static final String COUNT = """
            WITH counted AS (
                UPDATE public.inspection SET reported = true
                WHERE id = ANY (ARRAY(
                    SELECT id FROM public.inspection
                    WHERE finished_at IS NOT NULL AND NOT reported
                    FOR NO KEY UPDATE SKIP LOCKED))
                RETURNING state)
            UPDATE public.armoury_report
            SET inspections_passed = passed, inspections_repaired = repaired,
                inspections_condemned = condemned, inspections_failed = failed
            FROM (
                SELECT count(*) FILTER (WHERE state = 'passed') AS passed,
                       count(*) FILTER (WHERE state = 'repaired') AS repaired,
                       count(*) FILTER (WHERE state = 'condemned') AS condemned,
                       count(*) FILTER (WHERE state = 'failed') AS failed
                FROM counted) inspections
            WHERE id = :report""";

    private final Session database;
    private final Duration interval;

    ReportHandler(Session database, @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.database = database;
        this.interval = interval;
    }

    @Incoming("reports")
    @Transactional
    void write(ReportRequested request) {
        var report = database.createNativeQuery(BEGIN, Long.class)
                .setParameter("firing", request.firingId())
                .setParameter("battleWorthy", Examination.BATTLE_WORTHY)
                .setParameter("interval", (double) interval.toSeconds())
                .uniqueResultOptional();
        if (report.isEmpty()) {
            LOG.infof("Firing %d has its report already", request.firingId());
            return;
        }
        database.createNativeMutationQuery(COUNT)
                .setParameter("report", report.get())
                .executeUpdate();
        LOG.infof("Wrote the report that firing %d asked for", request.firingId());
    }
}
