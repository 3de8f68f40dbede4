package dev.aegis.messaging.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Observers that send, to us and to another connector, in each phase of the transaction. */
@ApplicationScoped
class Listeners {

    private final Emitter<Object> emitter;
    private final Emitter<Object> elsewhere;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    Listeners(@Channel("to-nobody") Emitter<Object> emitter, @Channel("to-elsewhere") Emitter<Object> elsewhere) {
        this.emitter = emitter;
        this.elsewhere = elsewhere;
    }

    void beforeCompletion(@Observes(during = TransactionPhase.BEFORE_COMPLETION) Said said) {
        send("before completion", said);
    }

    void afterSuccess(@Observes(during = TransactionPhase.AFTER_SUCCESS) Said said) {
        send("after success", said);
    }

    void afterFailure(@Observes(during = TransactionPhase.AFTER_FAILURE) Said said) {
        send("after failure", said);
    }

    void afterCompletion(@Observes(during = TransactionPhase.AFTER_COMPLETION) Said said) {
        send("after completion", said);
    }

    /** What observers failed with; the transaction does not hear of it. */
    List<Throwable> failures() {
        return failures;
    }

    private void send(String phase, Said said) {
        try {
            emitter.send(said.what() instanceof String text ? phase + ": " + text : said.what());
            elsewhere.send(phase);
        } catch (RuntimeException e) {
            failures.add(e);
            throw e;
        }
    }
}
