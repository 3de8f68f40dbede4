package dev.aegis.messaging.internal.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Reads payloads that are JSON. */
public final class Payloads {

    private Payloads() {}

    /**
     * A reader of that type, as the application reads JSON, but strict where leniency would invent a value: a number or a
     * boolean that is missing is no zero, and nothing may follow the value.
     */
    public static ObjectReader reader(ObjectMapper json, Type type) {
        return json.readerFor(json.constructType(type))
                .with(
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /**
     * The payload of {@code message} as the reader's type: text and bytes as they are where the type takes them, anything else
     * read from its JSON.
     *
     * @throws UnreadablePayloadException when it is missing, not JSON of the reader's type, or JSON's null
     */
    public static Object read(ObjectReader reader, ClaimedMessage message) {
        var type = reader.getValueType().getRawClass();
        if (message.bytes() != null && type.isInstance(message.bytes())) {
            return message.bytes();
        }
        if (message.text() != null && type.isInstance(message.text())) {
            return message.text();
        }
        if (message.isLarge()) {
            throw new UnreadablePayloadException(
                    "message " + message.claim().id(), reader.getValueType(), "it is large and was not loaded");
        }
        return read(reader, message.text(), "message " + message.claim().id());
    }

    /**
     * Reads a payload.
     *
     * @param message which message it is of, for the error
     * @throws UnreadablePayloadException when it is missing, not JSON of the reader's type, or JSON's null
     */
    public static Object read(ObjectReader reader, @Nullable String payload, String message) {
        var type = reader.getValueType();
        try {
            Object value = reader.readValue(payload == null ? "" : payload);
            if (value == null) {
                throw new UnreadablePayloadException(message, type, "it is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new UnreadablePayloadException(message, type, String.valueOf(e.getMessage()));
        }
    }
}
