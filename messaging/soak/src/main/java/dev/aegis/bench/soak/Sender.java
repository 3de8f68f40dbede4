package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Step;
import dev.aegis.messaging.admin.Queues;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;

/** Takes the steps of the driver. */
@Singleton
class Sender {

    private final Mail mail;
    private final Effects effects;
    private final Queues queues;

    Sender(Mail mail, Effects effects, Queues queues) {
        this.mail = mail;
        this.effects = effects;
        this.queues = queues;
    }

    void take(Step step) {
        if (step.mode() == Step.Mode.ALONE) {
            step.parcels().forEach(mail::send);
            return;
        }
        try {
            QuarkusTransaction.requiringNew().call(() -> {
                for (var key : step.revoked()) {
                    effects.revoked(key, queues.cancel("revoked", key));
                }
                for (var parcel : step.parcels()) {
                    mail.send(parcel);
                    effects.sent(parcel.task(), parcel == step.parcels().get(0) ? step.dallyMillis() : 0);
                }
                if (step.mode() == Step.Mode.ROLL_BACK) {
                    QuarkusTransaction.setRollbackOnly();
                }
                return null;
            });
        } catch (QuarkusTransactionException e) {
            if (step.mode() == Step.Mode.COMMIT) {
                throw e;
            }
        }
    }
}
