package dev.aegis.bench.subject;

import dev.aegis.bench.protocol.Payloads;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Sends through emitters, as a user of the connector would. */
@ApplicationScoped
public class Senders {

    private static final int IN_ONE_TRANSACTION = 1000;

    private final Map<String, Emitter<String>> emitters;

    Senders(
            @Channel("to-single") Emitter<String> single,
            @Channel("to-batch") Emitter<String> batch,
            @Channel("to-effect") Emitter<String> effect,
            @Channel("to-effect-alone") Emitter<String> effectAlone,
            @Channel("to-effect-batch") Emitter<String> effectBatch,
            @Channel("to-pickup") Emitter<String> pickup,
            @Channel("to-sent") Emitter<String> sent) {
        emitters = Map.of(
                "single", single,
                "batch", batch,
                "effect", effect,
                "effect-alone", effectAlone,
                "effect-batch", effectBatch,
                "pickup", pickup,
                "sent", sent);
    }

    /** Sends a message, in the caller's transaction if it has one. */
    void send(String queue, String payload) {
        emitter(queue).send(payload).toCompletableFuture().join();
    }

    /** Sends many messages, a thousand in a transaction. */
    void sendMany(String queue, int count) {
        var emitter = emitter(queue);
        inTransactions(count, ignored -> emitter.send(Payloads.TEXT));
    }

    /** Sends many messages that are due tomorrow. */
    void sendDelayed(String queue, int count) {
        var emitter = emitter(queue);
        var tomorrow = OutgoingPostgresqlMetadata.builder()
                .withDelay(Duration.ofDays(1))
                .build();
        inTransactions(count, ignored -> emitter.send(Message.of(Payloads.TEXT).addMetadata(tomorrow)));
    }

    private static void inTransactions(int count, Consumer<Integer> sending) {
        for (var sent = 0; sent < count; sent += IN_ONE_TRANSACTION) {
            var some = Math.min(IN_ONE_TRANSACTION, count - sent);
            QuarkusTransaction.requiringNew().run(() -> {
                for (var i = 0; i < some; i++) {
                    sending.accept(i);
                }
            });
        }
    }

    private Emitter<String> emitter(String queue) {
        var emitter = emitters.get(queue);
        if (emitter == null) {
            throw new IllegalArgumentException("Nothing is sent to " + queue);
        }
        return emitter;
    }
}
