package dev.aegis.messaging.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message as claimed; either {@code text} or {@code bytes} holds its payload. */
public record ClaimedMessage(
        Claim claim,
        Instant sentAt,
        String contentType,
        @Nullable String headers,
        @Nullable String text,
        byte @Nullable [] bytes) {}
