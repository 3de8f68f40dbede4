package dev.aegis.worker.housekeeping;

import dev.aegis.platform.retention.ExpiredRows;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Removes inspections and reports that are kept no longer. Inspections without an outcome are always kept. */
@ApplicationScoped
class Retention {

    private static final String OLD_INSPECTIONS = """
            DELETE FROM public.inspection WHERE id = ANY (ARRAY(
                SELECT id FROM public.inspection
                WHERE finished_at < now() - make_interval(secs => :retention)
                ORDER BY finished_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """;

    private static final String OLD_REPORTS = """
            DELETE FROM public.armoury_report WHERE id = ANY (ARRAY(
                SELECT id FROM public.armoury_report
                WHERE created_at < now() - make_interval(secs => :retention)
                ORDER BY created_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))
            """;

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
        expired.remove("inspections", OLD_INSPECTIONS, inspections);
        expired.remove("reports", OLD_REPORTS, reports);
    }
}
