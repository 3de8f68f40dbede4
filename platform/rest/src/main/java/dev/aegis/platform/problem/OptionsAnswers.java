package dev.aegis.platform.problem;

import static jakarta.ws.rs.core.HttpHeaders.ALLOW;

import dev.aegis.platform.service.Endpoints;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Answers OPTIONS with the methods at the very path; Quarkus takes those of all paths of a class. */
class OptionsAnswers {
    private final Endpoints endpoints;

    OptionsAnswers(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @ServerRequestFilter(preMatching = true)
    @Nullable Response answer(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        var uri = request.getUriInfo();
        var path = uri.getRequestUri().getRawPath();
        var methods = endpoints.methodsAt(path);
        return methods.isEmpty()
                ? Problems.answer(404, "Nothing is at " + path, uri)
                : Response.noContent().header(ALLOW, String.join(", ", methods)).build();
    }
}
