package dev.aegis.messaging.examples.retry;

import dev.aegis.messaging.DeadLetterEvent;
import dev.aegis.messaging.admin.DeadLetters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Charges cards by a bank that may be away. */
@ApplicationScoped
public class Payments {

    private final Emitter<Payment> payments;
    private final Bank bank;
    private final DeadLetters deadLetters;

    Payments(@Channel("to-payments") Emitter<Payment> payments, Bank bank, DeadLetters deadLetters) {
        this.payments = payments;
        this.bank = bank;
        this.deadLetters = deadLetters;
    }

    @Transactional
    public void request(Payment payment) {
        payments.send(payment);
    }

    @Incoming("payments")
    @Transactional
    void charge(Payment payment) {
        bank.charge(payment);
        new Charge(payment.card(), "charged").persist();
    }

    void onDeadLetter(@Observes DeadLetterEvent dead) {
        if (dead.queue().equals("payments")) {
            var payment = dead.payload(Payment.class);
            new Charge(payment.card(), "failed: " + dead.error()).persist();
        }
    }

    public long retryFailed() {
        return deadLetters.resendAll("payments", 1000);
    }
}
