package dev.aegis.messaging.examples.quickstart;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.quickstart.Orders.Order;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The application of the README sends and handles. */
@QuarkusTest
class OrdersTest {

    @Inject
    Orders orders;

    @Inject
    Queues queues;

    @Test
    void anOrderIsHandled() {
        queues.pause("orders");
        orders.place(new Order("Ada", 1234));
        assertThat(queues.depth("orders").waiting()).isOne();
        queues.resume("orders");

        eventually().until(() -> {
            var depth = queues.depth("orders");
            return depth.waiting() + depth.inFlight() + depth.delayed() == 0;
        });
        assertThat(queues.depth("orders").dead()).isZero();
    }
}
