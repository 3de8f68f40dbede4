package dev.aegis.worker.report;

import dev.aegis.model.report.ArmouryReports;
import dev.aegis.model.report.ReportRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Writes a report on the armoury, one for each run of the schedule. Each outcome of an inspection is counted in one report, and
 * the period goes on where that of the last report ended, whatever was missed meanwhile.
 */
@ApplicationScoped
class ReportHandler {

    private static final Logger LOG = Logger.getLogger(ReportHandler.class);

    private static final int BATCH = 1_000;

    /** Half of what a transaction may take. */
    private static final Duration TIME_TO_COUNT = Duration.ofSeconds(30);

    private final ArmouryReports reports;
    private final ArmouryFigures figures;
    private final UnreportedOutcomes outcomes;

    ReportHandler(ArmouryReports reports, ArmouryFigures figures, UnreportedOutcomes outcomes) {
        this.reports = reports;
        this.figures = figures;
        this.outcomes = outcomes;
    }

    /** Of two deliveries at the same time, the unique index lets one write; the other is tried again, and finds the report. */
    @Incoming("reports")
    @Transactional
    void write(ReportRequested request) {
        if (reports.count("scheduleRunId", request.scheduleRunId()) > 0) {
            LOG.infof("Run %d has its report already", request.scheduleRunId());
            return;
        }
        var report = figures.report();
        report.scheduleRunId = request.scheduleRunId();
        reports.persist(report);
        if (!outcomes.addTo(report, BATCH, TIME_TO_COUNT)) {
            LOG.warnf("The report that run %d asked for leaves outcomes to the next", request.scheduleRunId());
        }
        LOG.infof("Wrote the report that run %d asked for", request.scheduleRunId());
    }
}
