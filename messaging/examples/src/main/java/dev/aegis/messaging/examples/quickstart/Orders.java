package dev.aegis.messaging.examples.quickstart;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Sends a message with its transaction, and handles it with its effect once. */
@ApplicationScoped
public class Orders {

    /** The payload: it travels as JSON. */
    public record Order(String customer, int cents) {}

    private final Emitter<Order> orders;

    Orders(@Channel("to-orders") Emitter<Order> orders) {
        this.orders = orders;
    }

    @Transactional
    public void place(Order order) {
        // What you write to the database here is committed together with the message.
        orders.send(order);
    }

    @Incoming("orders")
    @Transactional
    void handle(Order order) {
        // What you write to the database here is committed together with the removal of the message.
        Log.infof("%s ordered for %d cents", order.customer(), order.cents());
    }
}
