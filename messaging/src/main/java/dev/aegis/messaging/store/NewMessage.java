package dev.aegis.messaging.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message to insert; either {@code text} or {@code bytes} holds its payload. */
public record NewMessage(
        String queue,
        int priority,
        @Nullable Duration delay,
        @Nullable Instant dueAt,
        String contentType,
        @Nullable String headers,
        @Nullable String text,
        byte @Nullable [] bytes) {

    boolean isDelayed() {
        return delay != null || dueAt != null;
    }
}
