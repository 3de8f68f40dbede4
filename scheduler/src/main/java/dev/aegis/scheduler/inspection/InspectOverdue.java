package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.InspectionRequested;
import dev.aegis.scheduler.firing.Firing;
import dev.aegis.scheduler.firing.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Asks for an inspection of each shield that is overdue. */
@ApplicationScoped
class InspectOverdue implements Schedule {

    private final OverdueShields overdue;
    private final Emitter<InspectionRequested> requests;
    private final int maxWaiting;

    /** @param maxWaiting how many overdue shields may wait at a time, which bounds the queue and the transaction */
    InspectOverdue(
            OverdueShields overdue,
            @Channel("inspections") Emitter<InspectionRequested> requests,
            @ConfigProperty(name = "aegis.inspection.max-waiting") int maxWaiting) {
        this.overdue = overdue;
        this.requests = requests;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public String name() {
        return "inspect-overdue";
    }

    @Override
    public int fire(Firing firing) {
        var inspections = overdue.inspect(firing, maxWaiting);
        inspections.forEach(id -> requests.send(firing.message(new InspectionRequested(id))));
        return inspections.size();
    }
}
