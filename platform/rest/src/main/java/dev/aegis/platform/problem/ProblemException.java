package dev.aegis.platform.problem;

import dev.aegis.platform.problem.Problem.FieldError;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** Ends a request with a problem. The client sees the message. */
public final class ProblemException extends WebApplicationException {
    private final transient List<FieldError> errors;

    private ProblemException(Status status, String detail, List<FieldError> errors) {
        this(Response.status(status).build(), detail, errors);
    }

    private ProblemException(Response response, String detail, List<FieldError> errors) {
        super(detail, response);
        this.errors = errors;
    }

    /** 404: the resource does not exist. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Status.NOT_FOUND, detail, List.of());
    }

    /** 400: the request is malformed. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(Status.BAD_REQUEST, detail, List.of());
    }

    /** 400: one field or parameter is wrong. */
    public static ProblemException badField(String field, String detail) {
        return new ProblemException(Status.BAD_REQUEST, field + " " + detail, List.of(new FieldError(field, detail)));
    }

    /** 409: the same request is in progress, and may be retried soon. */
    public static ProblemException inProgress(String detail) {
        var response = Response.status(Status.CONFLICT)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .build();
        return new ProblemException(response, detail, List.of());
    }

    /** 412: the resource is not in the state that the client expects. */
    public static ProblemException preconditionFailed(String detail) {
        return new ProblemException(Status.PRECONDITION_FAILED, detail, List.of());
    }

    /** 422: the request is well-formed, but cannot be processed. */
    public static ProblemException unprocessable(String detail) {
        return new ProblemException(Response.status(422).build(), detail, List.of());
    }

    List<FieldError> errors() {
        return errors;
    }
}
