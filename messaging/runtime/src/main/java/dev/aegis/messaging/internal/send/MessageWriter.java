package dev.aegis.messaging.internal.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Writes the messages of one channel as they stand in the database: text and bytes as they are, anything else as JSON. */
final class MessageWriter {

    private static final OutgoingPostgresqlMetadata PLAIN =
            OutgoingPostgresqlMetadata.builder().build();

    /** Not that of the application, whose settings are for payloads. */
    private static final ObjectMapper HEADERS = new ObjectMapper();

    private final ObjectMapper json;
    private final MessageTracing tracing;
    private final String channel;
    private final String destination;
    private final boolean fansOut;
    private final int maxPayloadSize;

    MessageWriter(ObjectMapper json, MessageTracing tracing, OutgoingSettings settings) {
        this.json = json;
        this.tracing = tracing;
        this.channel = settings.channel();
        this.destination = settings.destination();
        this.fansOut = settings.fansOut();
        this.maxPayloadSize = settings.maxPayloadSize();
    }

    /**
     * Writes {@code message}.
     *
     * @throws IllegalArgumentException when its payload can't be written as JSON, can't be stored, or is too large
     */
    NewMessage write(Message<?> message) {
        var options = message.getMetadata(OutgoingPostgresqlMetadata.class).orElse(PLAIN);
        var headers = new LinkedHashMap<>(options.getHeaders());
        tracing.sending(message, destination, headers);
        var payload = message.getPayload();
        var bytes = payload instanceof byte[] binary ? binary.clone() : null;
        var text = bytes == null ? text(payload) : null;
        var size = bytes != null ? bytes.length : storedSize("a payload", text == null ? "" : text);
        checkSize(size);
        return new NewMessage(
                destination,
                fansOut,
                options,
                contentType(payload),
                headers.isEmpty() ? null : json(HEADERS, headers),
                text,
                bytes,
                size);
    }

    private static String contentType(Object payload) {
        if (payload instanceof byte[]) {
            return "application/octet-stream";
        }
        return payload instanceof String ? "text/plain" : "application/json";
    }

    private String text(Object payload) {
        if (payload instanceof String text) {
            return text;
        }
        return json(json, payload);
    }

    private static String json(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a " + value.getClass().getName() + " can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private void checkSize(long size) {
        if (size > maxPayloadSize) {
            throw new IllegalArgumentException("a payload of " + size
                    + " bytes is larger than max-payload-size of channel " + channel + ", which is " + maxPayloadSize);
        }
    }

    /**
     * Checks {@code text}.
     *
     * @param what what it is, for the error
     * @return how many bytes it has in UTF-8
     * @throws IllegalArgumentException when it can't be stored
     */
    private static long storedSize(String what, String text) {
        var size = (long) text.length();
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character >= 0x80) {
                if (!Character.isSurrogate(character)) {
                    size += character < 0x800 ? 1 : 2;
                } else if (Character.isSurrogatePair(character, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    size += 2;
                    i++;
                } else {
                    throw refused(what, "half of a surrogate pair", character, i);
                }
            } else if (character == 0) {
                throw refused(what, "the character NUL", character, i);
            }
        }
        return size;
    }

    private static IllegalArgumentException refused(String what, String why, char character, int index) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT, "%s can't be stored: it has %s, U+%04X, at index %d", what, why, (int) character, index));
    }
}
