package dev.aegis.messaging.internal.store;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to insert; either {@code text} or {@code bytes} holds its payload. Its destination is a queue, or a topic
 * whose subscribed queues get a copy each.
 *
 * @param payloadSize the bytes of its payload as it is stored
 */
public record NewMessage(
        String destination,
        boolean fansOut,
        OutgoingPostgresqlMetadata options,
        String contentType,
        @Nullable String headers,
        @Nullable String text,
        byte @Nullable [] bytes,
        long payloadSize) {

    private static final int OVERHEAD = 256;

    NewMessage copyFor(String queue) {
        return new NewMessage(queue, false, options, contentType, headers, text, bytes, payloadSize);
    }

    /** How many bytes it takes up while it waits, about. */
    public long size() {
        return payloadSize + (headers == null ? 0 : headers.length()) + OVERHEAD;
    }

    /** The ordering group that it joins when it is sent; null when it has no ordering key, or is delayed. */
    public @Nullable OrderingGroup orderingGroup() {
        var key = options.getOrderingKey();
        return key == null || isDelayed() ? null : new OrderingGroup(destination, key);
    }

    int priority() {
        return options.getPriority();
    }

    boolean isDelayed() {
        return options.getDelay() != null || options.getDueAt() != null;
    }

    public boolean hasKey() {
        return options.getUniqueKey() != null || options.getOrderingKey() != null;
    }

    /** Whether it has nothing but a priority. */
    boolean isPlain() {
        return !isDelayed() && !hasKey() && options.getTimeToLive() == null;
    }

    /** Whether it has nothing but a text. */
    boolean isPlainText() {
        return isPlain() && text != null && headers == null && priority() == 0;
    }

    @Nullable String dueAt() {
        Instant dueAt = options.getDueAt();
        return dueAt == null ? null : dueAt.toString();
    }

    static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }
}
