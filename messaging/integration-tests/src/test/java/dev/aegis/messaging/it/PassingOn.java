package dev.aegis.messaging.it;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

/** Methods between an emitter and a channel of the connector. */
@ApplicationScoped
class PassingOn {

    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Incoming("in-house")
    @Outgoing("in-house-to-nobody")
    String passOn(String text) {
        return "passed on: " + text;
    }

    @Incoming("in-house-later")
    @Outgoing("in-house-later-to-nobody")
    @Blocking
    String passOnLater(String text) throws InterruptedException {
        gate.await(20, TimeUnit.SECONDS);
        return "passed on: " + text;
    }

    /** What passes on later does so when the returned latch is counted down. */
    CountDownLatch closeGate() {
        gate = new CountDownLatch(1);
        return gate;
    }
}
