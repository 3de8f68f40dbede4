package dev.aegis.platform.problem;

import static dev.aegis.platform.problem.Problem.MEDIA_TYPE;

import dev.aegis.platform.problem.Problem.FieldError;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** Builds responses that carry a problem. */
final class Problems {

    /** Seconds after which a client should retry when the database is unavailable or the service is busy. */
    static final String RETRY_AFTER = "2";

    private Problems() {}

    static Response response(int status, String detail, UriInfo uri) {
        return response(status, detail, uri, List.of());
    }

    static Response response(int status, String detail, UriInfo uri, List<FieldError> errors) {
        var response = Response.status(status)
                .type(MEDIA_TYPE)
                .entity(Problem.of(status, detail, uri.getRequestUri().getRawPath(), errors));
        if (status == 503) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        return response.build();
    }
}
