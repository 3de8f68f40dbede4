package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Step;
import dev.aegis.messaging.admin.Queues;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.inject.Singleton;

/** Takes the steps of the driver. */
@Singleton
class Sender {

    private final TaskSender sender;
    private final Effects effects;
    private final Queues queues;

    Sender(TaskSender sender, Effects effects, Queues queues) {
        this.sender = sender;
        this.effects = effects;
        this.queues = queues;
    }

    void take(Step step) {
        if (step.mode() == Step.Mode.ALONE) {
            step.messages().forEach(sender::send);
            return;
        }
        try {
            QuarkusTransaction.requiringNew().call(() -> {
                for (var key : step.revoked()) {
                    effects.revoked(key, queues.cancel("revoked", key));
                }
                for (var message : step.messages()) {
                    sender.send(message);
                    effects.sent(message.task(), message == step.messages().get(0) ? step.dallyMillis() : 0);
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
