package dev.aegis.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a message as they stand in the database: a JSON object of strings, or null when there are none. */
public final class Headers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private Headers() {}

    public static Map<String, String> parse(@Nullable String headers) {
        if (headers == null) {
            return Map.of();
        }
        try {
            return JSON.readValue(headers, STRINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("headers are not a JSON object of strings: " + headers, e);
        }
    }

    public static @Nullable String format(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
