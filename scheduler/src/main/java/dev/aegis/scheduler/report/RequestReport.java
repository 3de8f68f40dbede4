package dev.aegis.scheduler.report;

import dev.aegis.model.report.ReportRequested;
import dev.aegis.platform.schedule.OncePerCluster;
import dev.aegis.platform.schedule.ScheduleRun;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Asks for a report on the armoury. */
@ApplicationScoped
class RequestReport {

    private final ScheduleRun run;
    private final Emitter<ReportRequested> requests;

    RequestReport(ScheduleRun run, @Channel("reports") Emitter<ReportRequested> requests) {
        this.run = run;
        this.requests = requests;
    }

    @Scheduled(
            identity = "armoury-report",
            cron = "{aegis.schedule.armoury-report.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void requestReport() {
        requests.send(run.message(new ReportRequested(run.id())));
    }
}
