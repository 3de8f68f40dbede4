package dev.aegis.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.platform.database.Database;
import dev.aegis.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.MediaType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Implements {@link Idempotent}, around {@code @Transactional}, whose priority is higher by 200. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class IdempotentInterceptor {

    /** Of two conflicting transactions one succeeds, so each further attempt means another conflicting request. */
    private static final int MAX_ATTEMPTS = 5;

    private final RoutingContext context;
    private final Database database;
    private final StoredResponses responses;
    private final ObjectMapper json;

    IdempotentInterceptor(RoutingContext context, Database database, StoredResponses responses, ObjectMapper json) {
        this.context = context;
        this.database = database;
        this.responses = responses;
        this.json = json;
    }

    @AroundInvoke
    @Nullable Object respond(InvocationContext call) throws Exception {
        var key = IdempotencyKey.of(context.request().headers().getAll(IdempotencyKey.HEADER));
        return key.isEmpty() ? call.proceed() : respond(call, key.get(), fingerprint());
    }

    private RestResponse<?> respond(InvocationContext call, IdempotencyKey key, byte[] fingerprint) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.<RestResponse<?>, Exception>compute(session -> respondOnce(call, key, fingerprint));
            } catch (Exception e) {
                if (attempt == MAX_ATTEMPTS || !SerializationFailure.isIn(e)) {
                    throw e;
                }
            }
        }
    }

    private RestResponse<?> respondOnce(InvocationContext call, IdempotencyKey key, byte[] fingerprint)
            throws Exception {
        if (!responses.lock(key)) {
            throw ProblemException.inProgress("A request with the same Idempotency-Key is in progress");
        }
        var earlier = responses.find(key, fingerprint);
        if (earlier.isPresent()) {
            return toResponse(earlier.get());
        }
        var response = (RestResponse<?>) call.proceed();
        if (response.getStatus() >= 400) {
            return response;
        }
        var stored = toStored(response);
        responses.store(key, fingerprint, stored);
        return toResponse(stored);
    }

    /** The SHA-256 of the method, path, query and body, which are the same in a retry. */
    private byte[] fingerprint() {
        var request = context.request();
        var query = request.query() == null ? "" : "?" + request.query();
        var digest = sha256();
        digest.update((request.method() + " " + request.path() + query + "\n").getBytes(UTF_8));
        var body = context.body().buffer();
        if (body != null) {
            digest.update(body.getBytes());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private StoredResponse toStored(RestResponse<?> response) throws JsonProcessingException {
        var entity = response.getEntity();
        return new StoredResponse(
                response.getStatus(),
                response.getStringHeaders(),
                entity == null ? null : json.writeValueAsString(entity));
    }

    private static RestResponse<String> toResponse(StoredResponse stored) {
        ResponseBuilder<String> response = ResponseBuilder.create(stored.status());
        stored.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return stored.body() == null
                ? response.build()
                : response.entity(stored.body())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }
}
