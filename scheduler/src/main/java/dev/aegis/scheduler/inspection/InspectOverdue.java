package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.platform.schedule.Firing;
import dev.aegis.platform.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Asks for an inspection of each shield that is overdue. */
@ApplicationScoped
class InspectOverdue implements Schedule {

    private final OverdueShields overdue;
    private final Emitter<InspectionRequested> requests;
    private final int maxPerFiring;

    /** @param maxPerFiring how many overdue shields a firing looks at, which bounds the transaction and the queue */
    InspectOverdue(
            OverdueShields overdue,
            @Channel("inspections") Emitter<InspectionRequested> requests,
            @ConfigProperty(name = "aegis.inspection.max-per-firing") int maxPerFiring) {
        this.overdue = overdue;
        this.requests = requests;
        this.maxPerFiring = maxPerFiring;
    }

    @Override
    public String name() {
        return "inspect-overdue";
    }

    @Override
    public int fire(Firing firing) {
        var inspections = overdue.inspect(firing, maxPerFiring);
        inspections.forEach(id -> requests.send(firing.message(new InspectionRequested(id))));
        return inspections.size();
    }
}
