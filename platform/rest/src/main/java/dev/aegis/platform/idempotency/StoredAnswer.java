package dev.aegis.platform.idempotency;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, as it is stored and repeated.
 *
 * @param headers those that the resource set
 * @param body JSON; null if there was none
 */
record StoredAnswer(
        int status,
        Map<String, List<String>> headers,
        @Nullable String body) {}
