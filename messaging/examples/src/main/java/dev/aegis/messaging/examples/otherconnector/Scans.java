package dev.aegis.messaging.examples.otherconnector;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** Takes messages from a queue in PostgreSQL, and sends what it returns by another connector. */
@ApplicationScoped
class Scans {

    @Incoming("scans")
    @Outgoing("scanned")
    String scan(String file) {
        return file + " is clean";
    }
}
