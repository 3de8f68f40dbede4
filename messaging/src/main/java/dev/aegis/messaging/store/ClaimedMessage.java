package dev.aegis.messaging.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as claimed; either {@code text} or {@code bytes} holds its payload. Of a large one both are null until its
 * payload is loaded.
 *
 * @param size the bytes of its payload
 * @param expiry when its time is over, on the clock of {@link System#nanoTime}; null when it does not expire
 */
public record ClaimedMessage(
        Claim claim,
        Instant sentAt,
        String contentType,
        @Nullable String headers,
        @Nullable String text,
        byte @Nullable [] bytes,
        int size,
        boolean isLarge,
        @Nullable Long expiry,
        @Nullable String uniqueKey) {

    /** The same message with its payload. */
    public ClaimedMessage loaded(@Nullable String text, byte @Nullable [] bytes) {
        return new ClaimedMessage(claim, sentAt, contentType, headers, text, bytes, size, false, expiry, uniqueKey);
    }

    public boolean isExpired() {
        return expiry != null && System.nanoTime() - expiry >= 0;
    }
}
