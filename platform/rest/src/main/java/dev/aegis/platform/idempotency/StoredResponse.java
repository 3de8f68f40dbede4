package dev.aegis.platform.idempotency;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to a request, as it is stored and sent again.
 *
 * @param headers those that the resource set
 * @param body in JSON; null if there was none
 */
record StoredResponse(
        int status,
        Map<String, List<String>> headers,
        @Nullable String body) {}
