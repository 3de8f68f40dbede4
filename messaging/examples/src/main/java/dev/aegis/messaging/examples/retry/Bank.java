package dev.aegis.messaging.examples.retry;

import jakarta.enterprise.context.ApplicationScoped;

/** A bank that is not always there. */
@ApplicationScoped
public class Bank {

    private volatile boolean open = true;

    void charge(Payment payment) {
        if (!open) {
            throw new IllegalStateException("the bank does not answer");
        }
        if (payment.card().startsWith("0000")) {
            throw new CardDeclinedException(payment.card());
        }
    }

    public void setOpen(boolean open) {
        this.open = open;
    }
}
