package dev.aegis.messaging.internal.store;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as claimed; either {@code text} or {@code bytes} holds its payload. Of a large one both are null until its
 * payload is loaded.
 *
 * @param sent when it was sent, on the clock of {@link System#nanoTime}; null when that is not known
 * @param size the bytes of its payload
 * @param expiry when its time is over, on the clock of {@link System#nanoTime}; null when it does not expire
 * @param conflicts how often its handler lost against other transactions in this attempt
 */
public record ClaimedMessage(
        Claim claim,
        Instant sentAt,
        @Nullable Long sent,
        String contentType,
        Map<String, String> headers,
        @Nullable String text,
        byte @Nullable [] bytes,
        int size,
        boolean isLarge,
        @Nullable Long expiry,
        @Nullable String uniqueKey,
        int conflicts) {

    /** The same message with its payload. */
    public ClaimedMessage loaded(@Nullable String text, byte @Nullable [] bytes) {
        return new ClaimedMessage(
                claim, sentAt, sent, contentType, headers, text, bytes, size, false, expiry, uniqueKey, conflicts);
    }

    /** The same message after its handler lost against other transactions once more. */
    public ClaimedMessage afterConflict() {
        return new ClaimedMessage(
                claim,
                sentAt,
                sent,
                contentType,
                headers,
                text,
                bytes,
                size,
                isLarge,
                expiry,
                uniqueKey,
                conflicts + 1);
    }

    /** What a handler is told of the message. */
    public IncomingPostgresqlMetadata metadata() {
        return new IncomingPostgresqlMetadata(
                claim.id(),
                claim.queue(),
                claim.priority(),
                claim.attempt(),
                sentAt,
                contentType,
                claim.orderingKey(),
                headers);
    }

    public boolean isExpired() {
        return expiry != null && System.nanoTime() - expiry >= 0;
    }
}
