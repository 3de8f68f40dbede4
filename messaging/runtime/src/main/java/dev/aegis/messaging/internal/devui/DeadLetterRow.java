package dev.aegis.messaging.internal.devui;

import dev.aegis.messaging.admin.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the page shows it.
 *
 * @param payload the beginning of the payload, at most {@value #SHOWN} characters; null when it is binary
 * @param payloadSize the size of the payload in UTF-8, in bytes; null when it is binary
 * @param sentAt as ISO 8601 writes it, and so is {@code diedAt}
 */
record DeadLetterRow(
        long id,
        int attempts,
        String error,
        @Nullable String stackTrace,
        Map<String, String> headers,
        String contentType,
        @Nullable String payload,
        @Nullable Integer payloadSize,
        String sentAt,
        String diedAt) {

    private static final int SHOWN = 4000;

    static DeadLetterRow of(DeadLetter letter) {
        var payload = letter.payload();
        return new DeadLetterRow(
                letter.id(),
                letter.attempts(),
                letter.error(),
                letter.stackTrace(),
                letter.headers(),
                letter.contentType(),
                payload == null || payload.length() <= SHOWN ? payload : payload.substring(0, SHOWN),
                payload == null ? null : payload.getBytes(StandardCharsets.UTF_8).length,
                letter.sentAt().toString(),
                letter.diedAt().toString());
    }
}
