package dev.aegis.messaging.it;

import dev.aegis.messaging.DeadLetterEvent;
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

    private final List<DeadLetterEvent> dead = new CopyOnWriteArrayList<>();

    @Incoming("doomed")
    CompletionStage<Void> fail(Message<Object> message) {
        return message.nack(new IllegalStateException("as always"));
    }

    void onDeadLetter(@Observes DeadLetterEvent event) {
        if (event.queue().equals("doomed")) {
            dead.add(event);
        }
    }

    List<DeadLetterEvent> dead() {
        return dead;
    }
}
