package dev.aegis.api.precondition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.api.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
     * @throws ProblemException 412 if the client wants another
     */
    public <T> RestResponse<T> get(T representation) {
        var tag = tag(representation);
        demandMatch(tag);
        if (isNamed(HttpHeaders.IF_NONE_MATCH, tag::isWeakly).orElse(false)) {
            return ResponseBuilder.<T>create(Status.NOT_MODIFIED)
                    .header(HttpHeaders.ETAG, tag.toString())
                    .build();
        }
        return tagged(Status.OK, representation).build();
    }

    /**
     * Lets a change pass only if the client allows it for what is there now, which must not change any more until the
     * request's transaction ends.
     *
     * @throws ProblemException 412 if not
     */
    public void demand(Object current) {
        var tag = tag(current);
        demandMatch(tag);
        if (isNamed(HttpHeaders.IF_NONE_MATCH, tag::isWeakly).orElse(false)) {
            throw ProblemException.preconditionFailed("If-None-Match names what is there: its ETag is " + tag);
        }
    }

    private void demandMatch(EntityTag tag) {
        if (!isNamed(HttpHeaders.IF_MATCH, tag::isStrongly).orElse(true)) {
            throw ProblemException.preconditionFailed("If-Match names another state than there is: its ETag is " + tag);
        }
    }

    /** Whether a header names a tag; empty if the request has no such header. */
    private Optional<Boolean> isNamed(String header, Predicate<EntityTag> tag) {
        return Optional.ofNullable(headers.getRequestHeader(header))
                .filter(lines -> !lines.isEmpty())
                .map(lines -> isNamed(header, lines, tag));
    }

    private static boolean isNamed(String header, List<String> lines, Predicate<EntityTag> tag) {
        var text = String.join(",", lines).strip();
        return text.equals("*") || EntityTag.list(header, text).stream().anyMatch(tag);
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
