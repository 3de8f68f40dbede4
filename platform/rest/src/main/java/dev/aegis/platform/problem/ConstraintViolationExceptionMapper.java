package dev.aegis.platform.problem;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.aegis.platform.problem.Problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Values that are well-formed but not allowed. */
class ConstraintViolationExceptionMapper {
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    @ServerExceptionMapper
    Response map(ConstraintViolationException e, UriInfo uri) {
        var errors = e.getConstraintViolations().stream()
                .map(violation -> new FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::detail))
                .toList();
        var shown = errors.subList(0, Math.min(errors.size(), Problem.MAX_ERRORS));
        var more = errors.size() > shown.size()
                ? String.format(Locale.ROOT, "; and %d more", errors.size() - shown.size())
                : "";
        var detail = shown.stream()
                .map(error -> error.field() + " " + error.detail())
                .collect(joining("; ", "", more));
        return Problems.response(400, detail, uri, shown);
    }

    /** The path in the JSON, without the method and its parameter, which mean nothing to a client. */
    private static String field(ConstraintViolation<?> violation) {
        var path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .skip(2)
                .filter(node -> node.getKind() != ElementKind.CONTAINER_ELEMENT)
                .map(node -> NAMES.translate(node.toString()))
                .collect(joining("."));
        return path.isEmpty() ? "body" : path;
    }
}
