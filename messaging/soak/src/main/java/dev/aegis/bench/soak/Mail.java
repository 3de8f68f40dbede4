package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Parcel;
import dev.aegis.bench.soak.task.Task;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Sends, in the transaction of the caller if there is one. */
@Singleton
class Mail {

    private final Map<String, MutinyEmitter<Task>> emitters;

    Mail(
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

    void send(Parcel parcel) {
        var emitter = emitters.get(parcel.queue());
        if (emitter == null) {
            throw new IllegalArgumentException("Nothing is sent to " + parcel.queue());
        }
        emitter.sendMessageAndAwait(Message.of(parcel.task()).addMetadata(options(parcel)));
    }

    private static OutgoingPostgresqlMetadata options(Parcel parcel) {
        var options = OutgoingPostgresqlMetadata.builder().withPriority(parcel.priority());
        if (parcel.delayMillis() > 0) {
            options.withDelay(Duration.ofMillis(parcel.delayMillis()));
        }
        if (parcel.lifeMillis() > 0) {
            options.withTimeToLive(Duration.ofMillis(parcel.lifeMillis()));
        }
        var task = parcel.task();
        if (task.orderingKey() != null) {
            options.withOrderingKey(task.orderingKey());
        }
        if (task.uniqueKey() != null && parcel.replacing()) {
            options.withReplacingUniqueKey(task.uniqueKey());
        } else if (task.uniqueKey() != null) {
            options.withUniqueKey(task.uniqueKey());
        }
        return options.build();
    }
}
