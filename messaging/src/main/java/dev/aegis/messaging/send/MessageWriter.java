package dev.aegis.messaging.send;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.Headers;
import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.store.NewMessage;
import dev.aegis.messaging.telemetry.MessageTracing;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

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

    NewMessage write(Message<?> message, String queue) {
        var metadata = message.getMetadata(OutgoingPostgresqlMetadata.class).orElse(PLAIN);
        var headers = new LinkedHashMap<>(metadata.getHeaders());
        tracing.sending(message, queue, headers);
        var payload = message.getPayload();
        if (payload instanceof byte[] bytes) {
            return row(queue, metadata, "application/octet-stream", Headers.format(headers), null, bytes.clone());
        }
        if (payload instanceof String text) {
            return row(queue, metadata, "text/plain", Headers.format(headers), text, null);
        }
        return row(queue, metadata, "application/json", Headers.format(headers), toJson(payload), null);
    }

    private String toJson(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a " + payload.getClass().getName() + " can't be written as JSON: " + e.getMessage(), e);
        }
    }

    private static NewMessage row(
            String queue,
            OutgoingPostgresqlMetadata metadata,
            String contentType,
            @Nullable String headers,
            @Nullable String text,
            byte @Nullable [] bytes) {
        return new NewMessage(
                queue,
                metadata.getPriority(),
                metadata.getDelay(),
                metadata.getDueAt(),
                contentType,
                headers,
                text,
                bytes);
    }
}
