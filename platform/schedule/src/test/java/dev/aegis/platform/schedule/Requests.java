package dev.aegis.platform.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Sends a real message for the current run. */
@ApplicationScoped
class Requests {

    record Request(long run) {}

    private final Emitter<Request> requests;
    private final ScheduleRun run;

    Requests(@Channel("requests") Emitter<Request> requests, ScheduleRun run) {
        this.requests = requests;
        this.run = run;
    }

    /** Returns the id of the run. */
    long send() {
        requests.send(run.message(new Request(run.id())));
        return run.id();
    }
}
