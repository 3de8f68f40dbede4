package dev.aegis.scheduler.housekeeping;

import dev.aegis.model.housekeeping.PruneRequested;
import dev.aegis.scheduler.firing.Firing;
import dev.aegis.scheduler.firing.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Asks for the removal of old history. */
@ApplicationScoped
class RequestPruning implements Schedule {

    private final Emitter<PruneRequested> requests;

    RequestPruning(@Channel("housekeeping") Emitter<PruneRequested> requests) {
        this.requests = requests;
    }

    @Override
    public String name() {
        return "prune";
    }

    @Override
    public int fire(Firing firing) {
        requests.send(firing.message(new PruneRequested(firing.id())));
        return 1;
    }
}
