package dev.aegis.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Reads payloads that are JSON. */
public final class Payloads {

    private Payloads() {}

    /**
     * Reads a payload.
     *
     * @throws UnreadablePayloadException when it is missing, not JSON of that type, or JSON's null
     */
    public static <T> T read(ObjectMapper json, @Nullable String payload, JavaType type, long messageId) {
        try {
            T value = json.readValue(payload == null ? "" : payload, type);
            if (value == null) {
                throw new UnreadablePayloadException(messageId, type, "it is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new UnreadablePayloadException(messageId, type, e.getMessage());
        }
    }
}
