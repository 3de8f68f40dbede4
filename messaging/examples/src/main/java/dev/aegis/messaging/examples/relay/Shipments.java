package dev.aegis.messaging.examples.relay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Sends in its transaction to the tables; a relay passes the messages on to another broker. */
@ApplicationScoped
public class Shipments {

    private final Emitter<String> shipments;

    Shipments(@Channel("to-shipments") Emitter<String> shipments) {
        this.shipments = shipments;
    }

    @Transactional
    public void ship(String parcel) {
        shipments.send(parcel);
    }
}
