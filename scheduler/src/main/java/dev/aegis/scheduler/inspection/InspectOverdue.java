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

    /** Few enough that no statement runs long, whatever the size of the armoury. */
    private static final int CHUNK = 5_000;

    private final OverdueShields overdue;
    private final Emitter<InspectionRequested> requests;
    private final int maxPerFiring;

    /** @param maxPerFiring bounds the transaction; what is left is for the next firing */
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
        var sent = 0;
        while (sent < maxPerFiring) {
            var inspections = overdue.inspect(firing, Math.min(CHUNK, maxPerFiring - sent));
            if (inspections.isEmpty()) {
                break;
            }
            inspections.forEach(id -> requests.send(firing.message(new InspectionRequested(id))));
            sent += inspections.size();
        }
        return sent;
    }
}
