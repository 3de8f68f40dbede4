package dev.aegis.api.inspection;

import dev.aegis.platform.idempotency.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The inspections of one shield. */
@Path("/shields/{id}/inspections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inspections")
public class ShieldInspectionResource {
    private final InspectionService service;

    ShieldInspectionResource(InspectionService service) {
        this.service = service;
    }

    @POST
    @Idempotent
    @Operation(operationId = "requestInspection", summary = "Request an inspection of a shield")
    @APIResponse(
            responseCode = "202",
            description = "The inspection, which a worker will carry out; the header Location has its path",
            content = @Content(schema = @Schema(implementation = InspectionResponse.class)))
    public RestResponse<InspectionResponse> request(long id) {
        var inspection = service.request(id);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, InspectionResponse.of(inspection))
                .header("Location", "/inspections/" + inspection.id)
                .build();
    }
}
