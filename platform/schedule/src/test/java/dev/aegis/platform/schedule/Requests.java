package dev.aegis.platform.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Sends real messages from the schedules of the tests. */
@ApplicationScoped
class Requests {

    record Request(long firingId) {}

    private final Emitter<Request> requests;

    Requests(@Channel("requests") Emitter<Request> requests) {
        this.requests = requests;
    }

    void send(Firing firing) {
        requests.send(firing.message(new Request(firing.id())));
    }
}
