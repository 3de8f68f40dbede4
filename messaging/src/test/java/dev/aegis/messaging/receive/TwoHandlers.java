package dev.aegis.messaging.receive;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Two methods for one channel, which is switched off: as it stands no application would start with it. */
@ApplicationScoped
class TwoHandlers {

    @Incoming("twice")
    void first(String text) {}

    @Incoming("twice")
    void second(String text) {}
}
