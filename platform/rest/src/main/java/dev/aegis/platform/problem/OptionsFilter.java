package dev.aegis.platform.problem;

import static jakarta.ws.rs.core.HttpHeaders.ALLOW;

import dev.aegis.platform.service.Endpoints;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Responds to OPTIONS with the methods of that path; Quarkus lists those of all paths of a class. */
class OptionsFilter {
    private final Endpoints endpoints;

    OptionsFilter(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @ServerRequestFilter(preMatching = true)
    @Nullable Response respond(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        var uri = request.getUriInfo();
        var path = uri.getRequestUri().getRawPath();
        var methods = endpoints.methodsAt(path);
        return methods.isEmpty()
                ? Problems.response(404, "There is nothing at " + path, uri)
                : Response.noContent().header(ALLOW, String.join(", ", methods)).build();
    }
}
