package dev.aegis.platform.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

/**
 * The table {@code rest.idempotent_request}. All its times are those of the database's clock. If that clock was ahead, a row can
 * be from the future: it is expired if it is further ahead than the retention, else it is valid, since repeating a request is
 * worse than keeping its response for longer.
 */
@ApplicationScoped
class StoredResponses {
    private final Session database;
    private final ObjectMapper json;
    private final IdempotencySettings settings;

    StoredResponses(Session database, ObjectMapper json, IdempotencySettings settings) {
        this.database = database;
        this.json = json;
        this.settings = settings;
    }

    /** Locks the key until the transaction ends, without waiting: false if another request with the key is in progress. */
    boolean lock(IdempotencyKey key) {
        return database.createNativeQuery(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended('rest.idempotent_request.' || :key, 0))",
                        Boolean.class)
                .setParameter("key", key.value())
                .getSingleResult();
    }

    /**
     * The response to an earlier request with the key, which must be locked.
     *
     * @throws ProblemException if that was a different request
     */
    Optional<StoredResponse> find(IdempotencyKey key, byte[] fingerprint) {
        return database.createNativeQuery("""
                        SELECT fingerprint, status, CAST(headers AS text) AS headers, body
                        FROM rest.idempotent_request
                        WHERE key = :key AND created_at > now() - make_interval(secs => :retention)
                            AND created_at <= now() + make_interval(secs => :retention)
                        """, Tuple.class)
                .setParameter("key", key.value())
                .setParameter("retention", retention())
                .uniqueResultOptional()
                .map(row -> {
                    if (!Arrays.equals(row.get("fingerprint", byte[].class), fingerprint)) {
                        throw ProblemException.unprocessable(
                                "The Idempotency-Key was used for another request; use a new key for a new request");
                    }
                    return new StoredResponse(
                            row.get("status", Integer.class),
                            headers(row.get("headers", String.class)),
                            row.get("body", String.class));
                });
    }

    /** Replaces an expired row that has not been deleted yet. */
    void store(IdempotencyKey key, byte[] fingerprint, StoredResponse response) {
        database.createNativeMutationQuery("""
                        INSERT INTO rest.idempotent_request (key, fingerprint, status, headers, body)
                        VALUES (:key, :fingerprint, :status, CAST(:headers AS jsonb), :body)
                        ON CONFLICT (key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                            body = excluded.body, created_at = excluded.created_at
                        """)
                .setParameter("key", key.value())
                .setParameter("fingerprint", fingerprint)
                .setParameter("status", response.status())
                .setParameter("headers", text(response.headers()))
                .setParameter("body", response.body(), String.class)
                .executeUpdate();
    }

    private double retention() {
        return settings.retention().toMillis() / 1000.0;
    }

    private Map<String, List<String>> headers(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String text(Map<String, List<String>> headers) {
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
