package dev.aegis.platform.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Rejects compressed bodies. */
class ContentEncodingFilter {
    private static final String IDENTITY = "identity";

    @ServerRequestFilter
    @Nullable Response reject(ContainerRequestContext request) {
        var encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.isBlank() || encoding.strip().equalsIgnoreCase(IDENTITY)) {
            return null;
        }
        return Response.fromResponse(Problems.response(
                        415, "Compressed bodies are not supported: " + encoding.strip(), request.getUriInfo()))
                .header(HttpHeaders.ACCEPT_ENCODING, IDENTITY)
                .build();
    }
}
