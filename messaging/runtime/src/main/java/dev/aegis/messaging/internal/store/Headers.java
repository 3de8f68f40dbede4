package dev.aegis.messaging.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a message as they stand in the database: a JSON object of strings, or null when there are none. */
public final class Headers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Headers() {}

    /** Reads headers. What somebody else wrote there is taken as far as it makes sense: it must not hold up its message. */
    public static Map<String, String> parse(@Nullable String headers) {
        if (headers == null) {
            return Map.of();
        }
        try {
            var parsed = new LinkedHashMap<String, String>();
            JSON.readTree(headers).properties().forEach(header -> parsed.put(header.getKey(), text(header.getValue())));
            return parsed;
        } catch (JsonProcessingException e) {
            return Map.of();
        }
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
