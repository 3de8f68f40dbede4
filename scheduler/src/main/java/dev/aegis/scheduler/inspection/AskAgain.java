package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.Firing;
import dev.aegis.platform.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.jboss.logging.Logger;

/**
 * Asks again for inspections that have been open for too long: their message may be gone, because somebody purged, cancelled
 * or moved it, and nobody else would ever end them. It may as well be waiting still, behind a backlog or in a queue that is
 * paused: then there is one more, and only one, since a unique key holds back what is asked for again after that. A message
 * too many does no harm: a worker leaves an inspection that has its outcome.
 */
@ApplicationScoped
class AskAgain implements Schedule {

    private static final Logger LOG = Logger.getLogger(AskAgain.class);

    private final OpenInspections open;
    private final Emitter<InspectionRequested> requests;
    private final int maxPerFiring;

    AskAgain(
            OpenInspections open,
            @Channel("inspections") Emitter<InspectionRequested> requests,
            @ConfigProperty(name = "aegis.inspection.max-per-firing") int maxPerFiring) {
        this.open = open;
        this.requests = requests;
        this.maxPerFiring = maxPerFiring;
    }

    @Override
    public String name() {
        return "ask-again";
    }

    @Override
    public int fire(Firing firing) {
        var inspections = open.askAgain(maxPerFiring);
        inspections.forEach(id -> requests.send(firing.message(new InspectionRequested(id), "inspection-" + id)));
        if (!inspections.isEmpty()) {
            LOG.warnf(
                    "Asked again for %d inspections that have been open for too long: their messages are gone, or may be"
                            + " waiting still",
                    inspections.size());
        }
        return inspections.size();
    }
}
