package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.OncePerCluster;
import dev.aegis.platform.schedule.ScheduleRun;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Requests an inspection of each overdue shield. The inspections, their messages and the run are one transaction, which {@link
 * OncePerCluster} begins.
 */
@ApplicationScoped
class InspectOverdue {

    private final OverdueShields overdue;
    private final InspectionSettings settings;
    private final ScheduleRun run;
    private final Emitter<InspectionRequested> requests;

    InspectOverdue(
            OverdueShields overdue,
            InspectionSettings settings,
            ScheduleRun run,
            @Channel("inspections") Emitter<InspectionRequested> requests) {
        this.overdue = overdue;
        this.settings = settings;
        this.run = run;
        this.requests = requests;
    }

    @Scheduled(
            identity = "inspect-overdue",
            cron = "{aegis.schedule.inspect-overdue.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void requestInspections() {
        overdue.insertInspections(run.id(), settings.maxPerRun())
                .forEach(id -> requests.send(run.message(new InspectionRequested(id))));
    }
}
