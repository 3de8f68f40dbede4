package dev.aegis.platform.problem;

import static jakarta.ws.rs.core.HttpHeaders.ALLOW;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.aegis.platform.service.Endpoints;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors of HTTP itself: unknown paths, methods that are not there, media types that are not understood. */
class HttpProblems {
    private final Endpoints endpoints;
    private final ServerProblems server;

    HttpProblems(Endpoints endpoints, ServerProblems server) {
        this.endpoints = endpoints;
        this.server = server;
    }

    @ServerExceptionMapper
    Response map(ProblemException e, UriInfo uri) {
        return withHeaders(Problems.answer(e.getResponse().getStatus(), e.getMessage(), uri, e.errors()), e);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e, UriInfo uri, Request request, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return JsonProblems.answer(json, uri);
        }
        int status = e.getResponse().getStatus();
        if (status == 405 || (status == 404 && isOther(request.getMethod(), path(uri)))) {
            return notAllowed(uri, request);
        }
        if (status < 400) {
            return e.getResponse();
        }
        return withHeaders(
                status < 500
                        ? Problems.answer(status, detail(status, uri, headers), uri)
                        : server.answer(status, e, uri),
                e);
    }

    /** Keeps what the exception says besides its body, such as Retry-After. */
    private static Response withHeaders(Response problem, WebApplicationException e) {
        var answer = Response.fromResponse(problem);
        e.getResponse().getStringHeaders().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith("content-")) {
                answer.header(name, null);
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.build();
    }

    /** Whether there are methods at the path, but not this one: Quarkus answers 404 where two resources share a path. */
    private boolean isOther(String method, String path) {
        var methods = endpoints.methodsAt(path);
        return !methods.isEmpty() && !methods.contains(method);
    }

    private Response notAllowed(UriInfo uri, Request request) {
        var methods = String.join(", ", endpoints.methodsAt(path(uri)));
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
