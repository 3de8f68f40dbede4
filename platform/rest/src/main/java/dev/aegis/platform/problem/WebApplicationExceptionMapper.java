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

/** Errors of HTTP itself: unknown paths, methods and media types. */
class WebApplicationExceptionMapper {
    private final Endpoints endpoints;
    private final FallbackExceptionMapper fallback;

    WebApplicationExceptionMapper(Endpoints endpoints, FallbackExceptionMapper fallback) {
        this.endpoints = endpoints;
        this.fallback = fallback;
    }

    @ServerExceptionMapper
    Response map(ProblemException e, UriInfo uri) {
        return withHeaders(
                Problems.response(e.getResponse().getStatus(), String.valueOf(e.getMessage()), uri, e.errors()), e);
    }

    @ServerExceptionMapper
    Response map(WebApplicationException e, UriInfo uri, Request request, HttpHeaders headers) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return JsonExceptionMapper.response(json, uri);
        }
        int status = e.getResponse().getStatus();
        if (status == 405 || (status == 404 && hasOtherMethods(request.getMethod(), path(uri)))) {
            return methodNotAllowed(uri, request);
        }
        if (status < 400) {
            return e.getResponse();
        }
        return withHeaders(
                status < 500
                        ? Problems.response(status, detail(status, uri, headers), uri)
                        : fallback.response(status, e, uri),
                e);
    }

    /** Keeps the headers of the exception, such as Retry-After. */
    private static Response withHeaders(Response problem, WebApplicationException e) {
        var response = Response.fromResponse(problem);
        e.getResponse().getStringHeaders().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith("content-")) {
                response.header(name, null);
                values.forEach(value -> response.header(name, value));
            }
        });
        return response.build();
    }

    /** Whether the path has methods, but not this one: Quarkus responds with 404 where two resources share a path. */
    private boolean hasOtherMethods(String method, String path) {
        var methods = endpoints.methodsAt(path);
        return !methods.isEmpty() && !methods.contains(method);
    }

    private Response methodNotAllowed(UriInfo uri, Request request) {
        var methods = String.join(", ", endpoints.methodsAt(path(uri)));
        var detail = "%s is not allowed at %s; allowed are %s".formatted(request.getMethod(), path(uri), methods);
        return Response.fromResponse(Problems.response(405, detail, uri))
                .header(ALLOW, methods)
                .build();
    }

    private static String detail(int status, UriInfo uri, HttpHeaders headers) {
        return switch (status) {
            case 404 -> "There is nothing at " + path(uri);
            case 406 -> "The response would be application/json, which the Accept header does not allow";
            case 415 ->
                "The body must be application/json, not "
                        + Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                                .orElse("of an unknown type");
            default -> "The request is malformed";
        };
    }

    private static String path(UriInfo uri) {
        return uri.getRequestUri().getRawPath();
    }
}
