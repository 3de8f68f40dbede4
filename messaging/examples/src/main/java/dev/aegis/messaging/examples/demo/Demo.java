package dev.aegis.messaging.examples.demo;

import dev.aegis.messaging.examples.atleastonce.Receipts;
import dev.aegis.messaging.examples.delay.Reminders;
import dev.aegis.messaging.examples.fanout.Prices;
import dev.aegis.messaging.examples.headers.Greetings;
import dev.aegis.messaging.examples.quickstart.Orders;
import dev.aegis.messaging.examples.quickstart.Orders.Order;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Sends some messages whenever dev mode starts: the log shows how they are handled. */
@ApplicationScoped
@IfBuildProfile("dev")
class Demo {

    private final Orders orders;
    private final Receipts receipts;
    private final Greetings greetings;
    private final Prices prices;
    private final Reminders reminders;

    Demo(Orders orders, Receipts receipts, Greetings greetings, Prices prices, Reminders reminders) {
        this.orders = orders;
        this.receipts = receipts;
        this.greetings = greetings;
        this.prices = prices;
        this.reminders = reminders;
    }

    void onStart(@Observes StartupEvent event) {
        orders.place(new Order("Ada", 1234));
        receipts.request("Ada");
        greetings.greet("Konrad", "de");
        prices.publish("shoe: 50");
        reminders.remindIn(Duration.ofSeconds(10), "ten seconds are over");
    }
}
