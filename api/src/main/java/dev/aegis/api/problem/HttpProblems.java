package dev.aegis.api.problem;

import static jakarta.ws.rs.core.HttpHeaders.ALLOW;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of HTTP itself: unknown paths, methods that are not there, media types that are not understood. */
class HttpProblems {
    private final AllowedMethods allowed;

    HttpProblems(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    Response map(ProblemException e, UriInfo uri) {
        var answer =
                Response.fromResponse(Problems.answer(e.getResponse().getStatus(), e.getMessage(), uri, e.errors()));
        e.getResponse()
                .getStringHeaders()
                .forEach((name, values) -> values.forEach(value -> answer.header(name, value)));
        return answer.build();
    }

    @ServerExceptionMapper
    Response map(BodyTooLargeException e, UriInfo uri) {
        return Problems.answer(413, e.getMessage(), uri);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e, UriInfo uri, Request request, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return JsonProblems.answer(json, uri);
        }
        int status = e.getResponse().getStatus();
        if (status == 405 || (status == 404 && allowed.isOther(request.getMethod(), path(uri)))) {
            return notAllowed(uri, request);
        }
        return status < 400 ? e.getResponse() : Problems.answer(status, detail(status, uri, headers), uri);
    }

    private Response notAllowed(UriInfo uri, Request request) {
        var methods = String.join(", ", allowed.at(path(uri)));
        var detail = "%s is not possible at %s; possible are %s".formatted(request.getMethod(), path(uri), methods);
        return Response.fromResponse(Problems.answer(405, detail, uri))
                .header(ALLOW, methods)
                .build();
    }

    private static String detail(int status, UriInfo uri, HttpHeaders headers) {
        return switch (status) {
            case 404 -> "Nothing is at " + path(uri);
            case 406 -> "The answer is application/json, which the Accept header does not allow";
            case 415 ->
                "The body must be application/json, not "
                        + Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                                .orElse("of an unknown type");
            default -> "The request cannot be understood";
        };
    }

    private static String path(UriInfo uri) {
        return uri.getRequestUri().getRawPath();
    }
}
