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
 * What the headers {@code If-Match} and {@code If-None-Match} of the current request ask for. The entity tag is a digest of
 * the representation: it is the same as long as the representation is, whoever writes to the database.
 */
@ApplicationScoped
public class Conditions {
    private static final int DIGEST_LENGTH = 16;

    private final HttpHeaders headers;
    private final ObjectMapper json;

    Conditions(HttpHeaders headers, ObjectMapper json) {
        this.headers = headers;
        this.json = json;
    }

    /** An answer with its entity tag. */
    public <T> ResponseBuilder<T> tagged(Status status, T representation) {
        return ResponseBuilder.create(status, representation)
                .header(HttpHeaders.ETAG, tag(representation).toString());
    }

    /**
     * The answer to a GET: with the representation, or a 304 if the client has it.
     *
     * @param representation read once the headers are understood
     * @throws ProblemException 400 if a header cannot be understood, 412 if the client wants another
     */
    public <T> RestResponse<T> get(Supplier<T> representation) {
        var ifMatch = wanted(HttpHeaders.IF_MATCH);
        var ifNoneMatch = wanted(HttpHeaders.IF_NONE_MATCH);
        var found = representation.get();
        var tag = tag(found);
        demandMatch(ifMatch, tag);
        if (isNamed(ifNoneMatch, tag)) {
            return ResponseBuilder.<T>create(Status.NOT_MODIFIED)
                    .header(HttpHeaders.ETAG, tag.toString())
                    .build();
        }
        return tagged(Status.OK, found).build();
    }

    /**
     * Lets a change pass only if the client allows it for what is there now.
     *
     * @param current takes what is there, which must not change any more until the request's transaction ends; called once
     *     the headers are understood
     * @throws ProblemException 400 if a header cannot be understood, 412 if the client does not allow it
     */
    public <T> T demand(Supplier<T> current, Function<T, ?> representation) {
        var ifMatch = wanted(HttpHeaders.IF_MATCH);
        var ifNoneMatch = wanted(HttpHeaders.IF_NONE_MATCH);
        var found = current.get();
        var tag = tag(representation.apply(found));
        demandMatch(ifMatch, tag);
        if (isNamed(ifNoneMatch, tag)) {
            throw ProblemException.preconditionFailed("If-None-Match names what is there: its ETag is " + tag);
        }
        return found;
    }

    private static void demandMatch(Optional<Wanted> ifMatch, EntityTag tag) {
        if (ifMatch.isPresent() && !ifMatch.get().names(tag::isStrongly)) {
            throw ProblemException.preconditionFailed("If-Match names another state than there is: its ETag is " + tag);
        }
    }

    private static boolean isNamed(Optional<Wanted> ifNoneMatch, EntityTag tag) {
        return ifNoneMatch.isPresent() && ifNoneMatch.get().names(tag::isWeakly);
    }

    /** What a header names; empty if the request has no such header. */
    private Optional<Wanted> wanted(String header) {
        return Optional.ofNullable(headers.getRequestHeader(header))
                .filter(lines -> !lines.isEmpty())
                .map(lines -> Wanted.parse(header, lines));
    }

    private record Wanted(boolean any, List<EntityTag> tags) {

        static Wanted parse(String header, List<String> lines) {
            var text = String.join(",", lines).strip();
            return text.equals("*") ? new Wanted(true, List.of()) : new Wanted(false, EntityTag.list(header, text));
        }

        boolean names(Predicate<EntityTag> tag) {
            return any || tags.stream().anyMatch(tag);
        }
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
