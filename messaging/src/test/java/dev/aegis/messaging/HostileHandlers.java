package dev.aegis.messaging;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Handlers and an observer that do what nobody should do. */
@ApplicationScoped
class HostileHandlers {

    @Inject
    Inner inner;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Fails when it is asked what it says. */
    static final class MuteException extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("says nothing");
        }
    }

    @ApplicationScoped
    static class Inner {

        @Incoming("hostile-inner")
        @Transactional(Transactional.TxType.REQUIRES_NEW)
        void handle(String payload) {}
    }

    @Incoming("hostile")
    @Transactional
    @Blocking(ordered = false)
    void handle(String payload) {
        calls.add(payload);
        switch (payload) {
            case "mute" -> throw new MuteException();
            case "calls another handler and fails" -> {
                inner.handle(payload);
                throw new IllegalStateException("as asked");
            }
            case "its observer vetoes" -> throw new IllegalStateException("as asked");
            default -> {}
        }
    }

    @Incoming("stopping")
    @Transactional
    void stopAt(String payload) throws InterruptedException {
        calls.add(payload);
        gate.await(20, TimeUnit.SECONDS);
    }

    void veto(@Observes MessageDeadLettered dead) {
        if (dead.queue().equals("hostile") && dead.payload(String.class).equals("its observer vetoes")) {
            QuarkusTransaction.setRollbackOnly();
        }
    }

    CountDownLatch closeGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    List<String> calls() {
        return calls;
    }
}
