package dev.aegis.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A handler that fails at everything, and keeps what is given up. */
@ApplicationScoped
class Doomed {

    private final List<MessageDeadLettered> dead = new CopyOnWriteArrayList<>();

    @Incoming("doomed")
    CompletionStage<Void> fail(Message<Object> message) {
        return message.nack(new IllegalStateException("as always"));
    }

    void onDeadLetter(@Observes MessageDeadLettered event) {
        if (event.queue().equals("doomed")) {
            dead.add(event);
        }
    }

    List<MessageDeadLettered> dead() {
        return dead;
    }
}
