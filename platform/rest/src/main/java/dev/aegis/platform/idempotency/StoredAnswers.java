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
 * The table {@code rest.idempotent_request}. All its times are those of the database's clock. An answer that is from further in
 * the future than answers are kept, because that clock was ahead, is kept no longer; one that is from less far is, since to do
 * a request twice is worse than to remember it for longer.
 */
@ApplicationScoped
class StoredAnswers {
    private static final int BATCH = 1000;

    private final Session database;
    private final ObjectMapper json;
    private final IdempotencySettings settings;

    StoredAnswers(Session database, ObjectMapper json, IdempotencySettings settings) {
        this.database = database;
        this.json = json;
        this.settings = settings;
    }

    /** Keeps requests with the same key out until the transaction ends, and waits for nobody: false if one is under way. */
    boolean lock(IdempotencyKey key) {
        return database.createNativeQuery(
                        "SELECT pg_try_advisory_xact_lock(hashtextextended('rest.idempotent_request.' || :key, 0))",
                        Boolean.class)
                .setParameter("key", key.value())
                .getSingleResult();
    }

    /**
     * The answer to an earlier request with the key, which must be locked.
     *
     * @throws ProblemException if that was another request
     */
    Optional<StoredAnswer> find(IdempotencyKey key, byte[] fingerprint) {
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
                                "The Idempotency-Key was used for another request; a new request needs a new key");
                    }
                    return new StoredAnswer(
                            row.get("status", Integer.class),
                            headers(row.get("headers", String.class)),
                            row.get("body", String.class));
                });
    }

    /** Takes the place of a request that is kept no longer, if there is one that has not been pruned. */
    void store(IdempotencyKey key, byte[] fingerprint, StoredAnswer answer) {
        database.createNativeMutationQuery("""
                        INSERT INTO rest.idempotent_request (key, fingerprint, status, headers, body)
                        VALUES (:key, :fingerprint, :status, CAST(:headers AS jsonb), :body)
                        ON CONFLICT (key) DO UPDATE
                        SET fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                            body = excluded.body, created_at = excluded.created_at
                        """)
                .setParameter("key", key.value())
                .setParameter("fingerprint", fingerprint)
                .setParameter("status", answer.status())
                .setParameter("headers", text(answer.headers()))
                .setParameter("body", answer.body(), String.class)
                .executeUpdate();
    }

    /**
     * Removes some of those that are kept no longer.
     *
     * @return whether there may be more
     */
    boolean prune() {
        return database.createNativeMutationQuery("""
                                DELETE FROM rest.idempotent_request WHERE key = ANY (ARRAY(
                                    SELECT key FROM rest.idempotent_request
                                    WHERE created_at <= now() - make_interval(secs => :retention)
                                    ORDER BY created_at LIMIT :batch
                                    FOR UPDATE SKIP LOCKED
                                ) || ARRAY(
                                    SELECT key FROM rest.idempotent_request
                                    WHERE created_at > now() + make_interval(secs => :retention)
                                    ORDER BY created_at LIMIT :batch
                                    FOR UPDATE SKIP LOCKED))
                                """)
                        .setParameter("retention", retention())
                        .setParameter("batch", BATCH)
                        .executeUpdate()
                >= BATCH;
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
