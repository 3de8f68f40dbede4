package dev.aegis.messaging.admin;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that was given up.
 *
 * @param id the id of the message
 * @param queue the queue that it came from
 * @param attempts how often it was tried
 * @param error why it was given up, in one line
 * @param stackTrace where the last attempt failed; null when its process died
 * @param headers the headers that the sender attached, and the trace context; empty if there are none
 * @param contentType the media type of the payload
 * @param payload the payload; null when it is binary
 * @param sentAt when it was sent
 * @param diedAt when it was given up
 */
public record DeadLetter(
        long id,
        String queue,
        int attempts,
        String error,
        @Nullable String stackTrace,
        Map<String, String> headers,
        String contentType,
        @Nullable String payload,
        Instant sentAt,
        Instant diedAt) {}
