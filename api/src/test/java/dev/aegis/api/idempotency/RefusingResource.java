package dev.aegis.api.idempotency;

import dev.aegis.api.Armoury;
import dev.aegis.platform.idempotency.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with the status that it is asked for, and throws nothing; says how many shields there are. */
@Path("/refusals")
public class RefusingResource {
    private final Armoury armoury;

    RefusingResource(Armoury armoury) {
        this.armoury = armoury;
    }

    @POST
    @Idempotent
    @Path("/{status}")
    @Operation(hidden = true)
    public RestResponse<Long> respond(@PathParam("status") int status) {
        return ResponseBuilder.<Long>create(status)
                .entity(armoury.select("SELECT count(*) FROM shield").get(0))
                .type("application/problem+json")
                .build();
    }
}
