package dev.aegis.scheduler.inspection;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.OncePerCluster;
import dev.aegis.platform.schedule.ScheduleRun;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Requests inspections again that have been open for too long. Their message may be gone, because somebody purged, cancelled or
 * moved it, or may be waiting still, behind a backlog or in a paused queue. Then there is one more, and only one, since a unique
 * key keeps others out while it waits. That does no harm: a worker leaves an inspection alone that has its outcome.
 */
@ApplicationScoped
class RequeueStaleInspections {

    private static final Logger LOG = Logger.getLogger(RequeueStaleInspections.class);

    /** They are loaded as entities, so that a run takes some megabytes at most; the next goes on. */
    private static final int MAX_ENTITIES = 10_000;

    private final StaleInspections stale;
    private final InspectionSettings settings;
    private final ScheduleRun run;
    private final Emitter<InspectionRequested> requests;

    RequeueStaleInspections(
            StaleInspections stale,
            InspectionSettings settings,
            ScheduleRun run,
            @Channel("inspections") Emitter<InspectionRequested> requests) {
        this.stale = stale;
        this.settings = settings;
        this.run = run;
        this.requests = requests;
    }

    @Scheduled(
            identity = "requeue-stale",
            cron = "{aegis.schedule.requeue-stale.cron}",
            timeZone = "{aegis.schedule.time-zone}")
    @OncePerCluster
    void requeue() {
        var inspections = stale.requeue(Math.min(settings.maxPerRun(), MAX_ENTITIES));
        for (var inspection : inspections) {
            var options = OutgoingPostgresqlMetadata.builder().withUniqueKey("inspection-" + inspection.id);
            requests.send(run.message(new InspectionRequested(inspection.id), options));
        }
        if (!inspections.isEmpty()) {
            LOG.warnf(
                    "Requested %d inspections again that have been open for too long: their messages are gone or still waiting",
                    inspections.size());
        }
    }
}
