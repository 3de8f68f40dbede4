package dev.aegis.platform.precondition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/**
 * Evaluates the headers {@code If-Match} and {@code If-None-Match} of the current request (RFC 9110). The entity tag is a
 * digest of the representation, so it changes with the row, whoever writes to the database.
 */
@ApplicationScoped
public class Preconditions {
    private static final int DIGEST_LENGTH = 16;

    private final HttpHeaders headers;
    private final ObjectMapper json;

    Preconditions(HttpHeaders headers, ObjectMapper json) {
        this.headers = headers;
        this.json = json;
    }

    /** A response with its entity tag. */
    public <T> ResponseBuilder<T> tagged(Status status, T representation) {
        return tagged(status, representation, tag(representation));
    }

    /**
     * The response to a GET: the representation, or a 304 if the client has it.
     *
     * @param representation called once the headers have been parsed
     * @throws ProblemException 400 if a header is malformed, 412 if {@code If-Match} does not match
     */
    public <T> RestResponse<T> get(Supplier<T> representation) {
        var current = evaluate(representation, Function.identity());
        if (current.matchesIfNoneMatch()) {
            return ResponseBuilder.<T>create(Status.NOT_MODIFIED)
                    .header(HttpHeaders.ETAG, current.tag().toString())
                    .build();
        }
        return tagged(Status.OK, current.resource(), current.tag()).build();
    }

    /**
     * Checks that the headers allow a change.
     *
     * @param current loads the resource, which must be locked until the transaction ends; called once the headers have been
     *     parsed
     * @throws ProblemException 400 if a header is malformed, 412 if the change is not allowed
     */
    public <T> T check(Supplier<T> current, Function<T, ?> representation) {
        var evaluated = evaluate(current, representation);
        if (evaluated.matchesIfNoneMatch()) {
            throw ProblemException.preconditionFailed("If-None-Match matches the current ETag " + evaluated.tag());
        }
        return evaluated.resource();
    }

    private <T> Evaluated<T> evaluate(Supplier<T> current, Function<T, ?> representation) {
        var ifMatch = parse(HttpHeaders.IF_MATCH);
        var ifNoneMatch = parse(HttpHeaders.IF_NONE_MATCH);
        var resource = current.get();
        var tag = tag(representation.apply(resource));
        if (ifMatch.isPresent() && !ifMatch.get().matches(tag::matchesStrongly)) {
            throw ProblemException.preconditionFailed("If-Match does not match the current ETag " + tag);
        }
        return new Evaluated<>(
                resource, tag, ifNoneMatch.isPresent() && ifNoneMatch.get().matches(tag::matchesWeakly));
    }

    private record Evaluated<T>(T resource, EntityTag tag, boolean matchesIfNoneMatch) {}

    /** Empty if the request has no such header. */
    private Optional<Condition> parse(String header) {
        return Optional.ofNullable(headers.getRequestHeader(header))
                .filter(lines -> !lines.isEmpty())
                .map(lines -> Condition.parse(header, lines));
    }

    private record Condition(boolean any, List<EntityTag> tags) {

        static Condition parse(String header, List<String> lines) {
            var text = String.join(",", lines).strip();
            return text.equals("*")
                    ? new Condition(true, List.of())
                    : new Condition(false, EntityTag.list(header, text));
        }

        boolean matches(Predicate<EntityTag> tag) {
            return any || tags.stream().anyMatch(tag);
        }
    }

    private static <T> ResponseBuilder<T> tagged(Status status, T representation, EntityTag tag) {
        return ResponseBuilder.create(status, representation).header(HttpHeaders.ETAG, tag.toString());
    }

    private EntityTag tag(Object representation) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(representation));
            return new EntityTag(
                    false,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_LENGTH)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
