package dev.aegis.scheduler.firing;

import dev.aegis.model.report.ReportRequested;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Sends real messages from the schedules of the tests. */
@ApplicationScoped
class Requests {

    private final Emitter<ReportRequested> requests;

    Requests(@Channel("reports") Emitter<ReportRequested> requests) {
        this.requests = requests;
    }

    void send(Firing firing) {
        requests.send(firing.message(new ReportRequested(firing.id())));
    }
}
