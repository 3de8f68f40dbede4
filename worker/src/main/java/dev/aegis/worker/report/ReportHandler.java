package dev.aegis.worker.report;

import dev.aegis.model.report.ReportRequested;
import dev.aegis.worker.inspection.InspectionPolicy;
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

    /** A second delivery waits here for the first. */
    private static final String BEGIN = """
            INSERT INTO public.armoury_report (firing_id, period_start, period_end,
                shields, battle_worthy, overdue, average_rating,
                inspections_passed, inspections_repaired, inspections_condemned, inspections_failed)
            SELECT :firing,
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

    private static final int BATCH = 10_000;

    /** Half of what a transaction may take. */
    private static final Duration TIME_TO_COUNT = Duration.ofSeconds(30);

    private final Session database;
    private final UnreportedOutcomes outcomes;
    private final Duration interval;

    ReportHandler(
            Session database,
            UnreportedOutcomes outcomes,
            @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.database = database;
        this.outcomes = outcomes;
        this.interval = interval;
    }

    @Incoming("reports")
    @Transactional
    void write(ReportRequested request) {
        var report = database.createNativeQuery(BEGIN, Long.class)
                .setParameter("firing", request.firingId())
                .setParameter("battleWorthy", InspectionPolicy.BATTLE_WORTHY)
                .setParameter("interval", (double) interval.toSeconds())
                .uniqueResultOptional();
        if (report.isEmpty()) {
            LOG.infof("Firing %d has its report already", request.firingId());
            return;
        }
        if (!outcomes.addTo(report.get(), BATCH, TIME_TO_COUNT)) {
            LOG.warnf("The report that firing %d asked for leaves outcomes to the next", request.firingId());
        }
        LOG.infof("Wrote the report that firing %d asked for", request.firingId());
    }
}
