package dev.aegis.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/** Redirects browsers to the documentation. */
@Path("/")
public class IndexResource {

    @GET
    @Operation(hidden = true)
    public RestResponse<Void> documentation() {
        return RestResponse.seeOther(URI.create("/q/swagger-ui"));
    }
}
