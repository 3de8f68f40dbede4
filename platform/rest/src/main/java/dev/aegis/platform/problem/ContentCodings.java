package dev.aegis.platform.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses bodies that are compressed, and says that they must not be. */
class ContentCodings {
    private static final String NONE = "identity";

    @ServerRequestFilter
    @Nullable Response refuse(ContainerRequestContext request) {
        var coding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase(NONE)) {
            return null;
        }
        return Response.fromResponse(Problems.answer(
                        415, "The body must not be encoded, such as by " + coding.strip(), request.getUriInfo()))
                .header(HttpHeaders.ACCEPT_ENCODING, NONE)
                .build();
    }
}
