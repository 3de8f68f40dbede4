package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Task;
import dev.aegis.bench.soak.task.TestMessage;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Sends, in the transaction of the caller if there is one. */
@Singleton
class TaskSender {

    private final Map<String, MutinyEmitter<Task>> emitters;

    TaskSender(
            @Channel("to-exact") MutinyEmitter<Task> exact,
            @Channel("to-ordered") MutinyEmitter<Task> ordered,
            @Channel("to-loose") MutinyEmitter<Task> loose,
            @Channel("to-batch") MutinyEmitter<Task> batch,
            @Channel("to-slow") MutinyEmitter<Task> slow,
            @Channel("to-unique") MutinyEmitter<Task> unique,
            @Channel("to-limited") MutinyEmitter<Task> limited,
            @Channel("to-doomed") MutinyEmitter<Task> doomed,
            @Channel("to-fleeting") MutinyEmitter<Task> fleeting,
            @Channel("to-news") MutinyEmitter<Task> news,
            @Channel("to-revoked") MutinyEmitter<Task> revoked) {
        emitters = Map.ofEntries(
                Map.entry("exact", exact),
                Map.entry("ordered", ordered),
                Map.entry("loose", loose),
                Map.entry("batch", batch),
                Map.entry("slow", slow),
                Map.entry("unique", unique),
                Map.entry("limited", limited),
                Map.entry("doomed", doomed),
                Map.entry("fleeting", fleeting),
                Map.entry("news", news),
                Map.entry("revoked", revoked));
    }

    void send(TestMessage message) {
        var emitter = emitters.get(message.queue());
        if (emitter == null) {
            throw new IllegalArgumentException("Nothing is sent to " + message.queue());
        }
        emitter.sendMessageAndAwait(Message.of(message.task()).addMetadata(options(message)));
    }

    private static OutgoingPostgresqlMetadata options(TestMessage message) {
        var options = OutgoingPostgresqlMetadata.builder().withPriority(message.priority());
        if (message.delayMillis() > 0) {
            options.withDelay(Duration.ofMillis(message.delayMillis()));
        }
        if (message.lifeMillis() > 0) {
            options.withTimeToLive(Duration.ofMillis(message.lifeMillis()));
        }
        var task = message.task();
        if (task.orderingKey() != null) {
            options.withOrderingKey(task.orderingKey());
        }
        if (task.uniqueKey() != null && message.replacing()) {
            options.withReplacingUniqueKey(task.uniqueKey());
        } else if (task.uniqueKey() != null) {
            options.withUniqueKey(task.uniqueKey());
        }
        return options.build();
    }
}
