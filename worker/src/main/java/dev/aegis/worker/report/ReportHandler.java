package dev.aegis.worker.report;

import dev.aegis.model.report.ArmouryReports;
import dev.aegis.model.report.ReportRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Writes one report on the armoury for each run of the schedule. Each outcome of an inspection is counted in one
 * report, and a period starts where that of the previous report ended, even if runs were missed.
 */
@ApplicationScoped
class ReportHandler {

    private static final Logger LOG = Logger.getLogger(ReportHandler.class);

    private static final int BATCH = 1_000;

    /** Half of the transaction timeout. */
    private static final Duration MAX_COUNTING_TIME = Duration.ofSeconds(30);

    private final ArmouryReports reports;
    private final ArmouryFigures figures;
    private final UnreportedOutcomes outcomes;

    ReportHandler(ArmouryReports reports, ArmouryFigures figures, UnreportedOutcomes outcomes) {
        this.reports = reports;
        this.figures = figures;
        this.outcomes = outcomes;
    }

    /**
     * If two deliveries run at the same time, the unique index lets one write; the other is retried, and finds the
     * report.
     */
    @Incoming("reports")
    @Transactional
    void write(ReportRequested request) {
        if (reports.count("scheduleRunId", request.scheduleRunId()) > 0) {
            LOG.infof("Run %d already has a report", request.scheduleRunId());
            return;
        }
        var report = figures.report();
        report.scheduleRunId = request.scheduleRunId();
        reports.persist(report);
        if (!outcomes.addTo(report, BATCH, MAX_COUNTING_TIME)) {
            LOG.warnf(
                    "The report of run %d took too long to count all outcomes; the next one counts the rest",
                    request.scheduleRunId());
        }
        LOG.infof("Wrote the report of run %d", request.scheduleRunId());
    }
}
