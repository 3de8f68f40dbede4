package dev.aegis.worker.housekeeping;

import dev.aegis.model.inspection.Inspection;
import dev.aegis.model.report.ArmouryReport;
import dev.aegis.platform.retention.ExpiredRows;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Deletes expired inspections and reports. Open inspections are always kept. */
@ApplicationScoped
class Retention {

    private final ExpiredRows expired;
    private final Duration inspections;
    private final Duration reports;

    Retention(
            ExpiredRows expired,
            @ConfigProperty(name = "aegis.retention.inspections") Duration inspections,
            @ConfigProperty(name = "aegis.retention.reports") Duration reports) {
        this.expired = expired;
        this.inspections = inspections;
        this.reports = reports;
    }

    @Scheduled(
            cron = "{aegis.retention.cron}",
            timeZone = "{aegis.schedule.time-zone}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeExpired() {
        expired.remove("inspections", Inspection.class, "finishedAt", inspections);
        expired.remove("reports", ArmouryReport.class, "createdAt", reports);
    }
}
