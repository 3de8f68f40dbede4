package dev.aegis.scheduler.report;

import dev.aegis.model.report.ReportRequested;
import dev.aegis.platform.schedule.Firing;
import dev.aegis.platform.schedule.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Asks for a report on the armoury. */
@ApplicationScoped
class RequestReport implements Schedule {

    private final Emitter<ReportRequested> requests;

    RequestReport(@Channel("reports") Emitter<ReportRequested> requests) {
        this.requests = requests;
    }

    @Override
    public String name() {
        return "armoury-report";
    }

    @Override
    public int fire(Firing firing) {
        requests.send(firing.message(new ReportRequested(firing.id())));
        return 1;
    }
}
