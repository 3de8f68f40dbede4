package dev.aegis.messaging.internal.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.internal.store.Headers;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Writes a message as it stands in the database: text and bytes as they are, anything else as JSON. */
@Singleton
class MessageWriter {

    private static final OutgoingPostgresqlMetadata PLAIN =
            OutgoingPostgresqlMetadata.builder().build();

    private final ObjectMapper json;
    private final MessageTracing tracing;

    MessageWriter(ObjectMapper json, MessageTracing tracing) {
        this.json = json;
        this.tracing = tracing;
    }

    /**
     * Writes {@code message}.
     *
     * @throws IllegalArgumentException when its payload can't be written as JSON, can't be stored, or is too large
     */
    NewMessage write(Message<?> message, OutgoingSettings settings) {
        var options = message.getMetadata(OutgoingPostgresqlMetadata.class).orElse(PLAIN);
        var headers = new LinkedHashMap<>(options.getHeaders());
        tracing.sending(message, settings.destination(), headers);
        var payload = message.getPayload();
        var bytes = payload instanceof byte[] binary ? binary.clone() : null;
        var text = bytes == null ? text(payload) : null;
        var size = bytes != null ? bytes.length : StoredText.size("a payload", text == null ? "" : text);
        settings.checkSize(size);
        return new NewMessage(
                settings.destination(),
                settings.fansOut(),
                options,
                contentType(payload),
                Headers.format(headers),
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
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a " + payload.getClass().getName() + " can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
