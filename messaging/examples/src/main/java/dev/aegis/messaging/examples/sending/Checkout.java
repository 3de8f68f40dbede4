package dev.aegis.messaging.examples.sending;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Writes a row and sends a message, both or neither. */
@ApplicationScoped
public class Checkout {

    private final Emitter<OrderPlaced> orders;

    Checkout(@Channel("to-invoices") Emitter<OrderPlaced> orders) {
        this.orders = orders;
    }

    @Transactional
    public void buy(String customer, int cents) {
        var purchase = new Purchase(customer, cents);
        purchase.persist();
        orders.send(new OrderPlaced(purchase.id, cents));
    }
}
