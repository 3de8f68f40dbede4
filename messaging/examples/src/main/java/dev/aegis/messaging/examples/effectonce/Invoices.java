package dev.aegis.messaging.examples.effectonce;

import dev.aegis.messaging.examples.sending.OrderPlaced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Writes one invoice for each order, however often a message is delivered. */
@ApplicationScoped
class Invoices {

    @Incoming("invoices")
    @Transactional
    void write(OrderPlaced order) {
        new Invoice(order.purchase(), order.cents()).persist();
    }
}
