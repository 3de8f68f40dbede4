package dev.aegis.api.inspection;

import dev.aegis.model.inspection.Inspections;
import dev.aegis.platform.idempotency.Idempotent;
import dev.aegis.platform.page.Page;
import dev.aegis.platform.page.PageRequest;
import dev.aegis.platform.problem.ProblemException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
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

/** The inspections. */
@Path("/inspections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "inspections")
public class InspectionResource {
    private final Inspections inspections;
    private final InspectionService service;

    InspectionResource(Inspections inspections, InspectionService service) {
        this.inspections = inspections;
        this.service = service;
    }

    @POST
    @Idempotent
    @Operation(
            operationId = "requestInspections",
            summary = "Request inspections of many shields, of all of them or of none")
    @APIResponse(
            responseCode = "202",
            description = "The inspections, which workers will carry out",
            content = @Content(schema = @Schema(implementation = BulkInspectionResponse.class)))
    public RestResponse<BulkInspectionResponse> requestAll(@NotNull @Valid BulkInspectionRequest request) {
        return RestResponse.status(
                RestResponse.Status.ACCEPTED, BulkInspectionResponse.of(service.requestAll(request.shieldIds())));
    }

    @GET
    @Operation(operationId = "listInspections", summary = "List the inspections, the newest first")
    public Page<InspectionResponse> list(@BeanParam InspectionFilter filter, @BeanParam PageRequest page) {
        var found = inspections
                .find(filter.query(), filter.parameters(page.after(Long.MAX_VALUE)))
                .range(0, page.limit())
                .list();
        return Page.of(found, page, inspection -> inspection.id, InspectionResponse::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getInspection", summary = "Get an inspection")
    public InspectionResponse get(long id) {
        return inspections
                .findByIdOptional(id)
                .map(InspectionResponse::of)
                .orElseThrow(() -> ProblemException.notFound("There is no inspection " + id));
    }
}
