package dev.aegis.api.problem;

import dev.aegis.api.problem.Problem.FieldError;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** Ends a request with a problem. Its message reaches the client. */
public final class ProblemException extends WebApplicationException {
    private final transient List<FieldError> errors;

    private ProblemException(Status status, String detail, List<FieldError> errors) {
        super(detail, status);
        this.errors = errors;
    }

    /** 404: what the request is about does not exist. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Status.NOT_FOUND, detail, List.of());
    }

    /** 400: the request cannot be understood as it is. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(Status.BAD_REQUEST, detail, List.of());
    }

    /** 400: one field or parameter is wrong. */
    public static ProblemException badField(String field, String detail) {
        return new ProblemException(Status.BAD_REQUEST, field + " " + detail, List.of(new FieldError(field, detail)));
    }

    List<FieldError> errors() {
        return errors;
    }
}
