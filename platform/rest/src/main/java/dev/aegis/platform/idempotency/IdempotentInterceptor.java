package dev.aegis.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.platform.database.Database;
import dev.aegis.platform.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Does what {@link Idempotent} promises. It stands around {@code @Transactional}, whose priority is 200 more. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class IdempotentInterceptor {

    /** Of two transactions that fail for each other one succeeds, so each further one is for yet another rival. */
    private static final int MAX_RUNS = 5;

    private final HttpHeaders headers;
    private final Request request;
    private final UriInfo uri;
    private final RequestBody body;
    private final Database database;
    private final StoredAnswers answers;
    private final ObjectMapper json;

    IdempotentInterceptor(
            HttpHeaders headers,
            Request request,
            UriInfo uri,
            RequestBody body,
            Database database,
            StoredAnswers answers,
            ObjectMapper json) {
        this.headers = headers;
        this.request = request;
        this.uri = uri;
        this.body = body;
        this.database = database;
        this.answers = answers;
        this.json = json;
    }

    @AroundInvoke
    @Nullable Object answer(InvocationContext call) throws Exception {
        var key = IdempotencyKey.of(Optional.ofNullable(headers.getRequestHeader(IdempotencyKey.HEADER))
                .orElse(List.of()));
        return key.isEmpty() ? call.proceed() : answer(call, key.get(), fingerprint());
    }

    private RestResponse<?> answer(InvocationContext call, IdempotencyKey key, byte[] fingerprint) throws Exception {
        for (int run = 1; ; run++) {
            try {
                return database.<RestResponse<?>, Exception>compute(session -> answerOnce(call, key, fingerprint));
            } catch (Exception e) {
                if (run == MAX_RUNS || !SerializationFailure.isIn(e)) {
                    throw e;
                }
            }
        }
    }

    private RestResponse<?> answerOnce(InvocationContext call, IdempotencyKey key, byte[] fingerprint)
            throws Exception {
        if (!answers.lock(key)) {
            throw ProblemException.underWay("A request with the same Idempotency-Key is under way");
        }
        var earlier = answers.find(key, fingerprint);
        if (earlier.isPresent()) {
            return response(earlier.get());
        }
        var response = (RestResponse<?>) call.proceed();
        if (response.getStatus() >= 400) {
            return response;
        }
        var answer = stored(response);
        answers.store(key, fingerprint, answer);
        return response(answer);
    }

    private byte[] fingerprint() {
        var digest = Digests.sha256();
        digest.update((request.getMethod() + " " + address() + "\n").getBytes(UTF_8));
        return digest.digest(body.digest());
    }

    private String address() {
        var address = uri.getRequestUri();
        return address.getRawQuery() == null
                ? address.getRawPath()
                : address.getRawPath() + "?" + address.getRawQuery();
    }

    private StoredAnswer stored(RestResponse<?> response) throws JsonProcessingException {
        var entity = response.getEntity();
        return new StoredAnswer(
                response.getStatus(),
                response.getStringHeaders(),
                entity == null ? null : json.writeValueAsString(entity));
    }

    private static RestResponse<String> response(StoredAnswer answer) {
        ResponseBuilder<String> response = ResponseBuilder.create(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return answer.body() == null
                ? response.build()
                : response.entity(answer.body())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }
}
