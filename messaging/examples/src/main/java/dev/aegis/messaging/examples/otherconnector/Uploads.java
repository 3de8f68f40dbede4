package dev.aegis.messaging.examples.otherconnector;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes messages of another connector, and passes them on to a queue in PostgreSQL. */
@ApplicationScoped
class Uploads {

    private final Emitter<String> scans;

    Uploads(@Channel("to-scans") Emitter<String> scans) {
        this.scans = scans;
    }

    @Incoming("uploads")
    @Transactional
    void onUpload(String file) {
        scans.send(file);
    }
}
