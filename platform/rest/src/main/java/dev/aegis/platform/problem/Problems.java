package dev.aegis.platform.problem;

import static dev.aegis.platform.problem.Problem.MEDIA_TYPE;

import dev.aegis.platform.problem.Problem.FieldError;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Makes the answers that carry a problem. */
final class Problems {

    /** Seconds after which a request is worth trying again when the database is away, or the api is busy. */
    static final String RETRY_AFTER = "2";

    private Problems() {}

    static Response answer(int status, String detail, UriInfo uri) {
        return answer(status, detail, uri, List.of());
    }

    static Response answer(int status, String detail, UriInfo uri, List<FieldError> errors) {
        var answer = Response.status(status)
                .type(MEDIA_TYPE)
                .entity(Problem.of(status, detail, uri.getRequestUri().getRawPath(), errors));
        if (status == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return answer.build();
    }
}
