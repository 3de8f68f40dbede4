package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import dev.aegis.model.shield.Shields;
import dev.aegis.platform.idempotency.Idempotent;
import dev.aegis.platform.page.Page;
import dev.aegis.platform.page.PageRequest;
import dev.aegis.platform.precondition.Preconditions;
import dev.aegis.platform.problem.ProblemException;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** The shields. */
@Path("/shields")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "shields")
public class ShieldResource {
    private static final String IF_MATCH =
            "Apply the change only if one of these ETags is current; * for any. Without it, the change is always applied";

    private final Shields shields;
    private final Preconditions preconditions;

    ShieldResource(Shields shields, Preconditions preconditions) {
        this.shields = shields;
        this.preconditions = preconditions;
    }

    @POST
    @Idempotent
    @Transactional
    @Operation(operationId = "createShield", summary = "Create a shield")
    @APIResponse(
            responseCode = "201",
            description = "The new shield; the header Location has its path",
            headers = {
                @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ShieldResponse.class)))
    public RestResponse<ShieldResponse> create(@NotNull @Valid CreateShieldRequest request) {
        var shield = request.toShield();
        shields.persist(shield);
        return preconditions
                .tagged(Status.CREATED, ShieldResponse.of(shield))
                .header("Location", "/shields/" + shield.id)
                .build();
    }

    @GET
    @Operation(operationId = "listShields", summary = "List the shields, the oldest first")
    public Page<ShieldResponse> list(@BeanParam PageRequest page) {
        var found = shields.find("id > ?1 order by id", page.after(0))
                .range(0, page.limit())
                .list();
        return Page.of(found, page, shield -> shield.id, ShieldResponse::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getShield", summary = "Get a shield")
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "Respond with 304 and no body if one of these ETags is current",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The shield; the header ETag identifies its state",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ShieldResponse.class)))
    @APIResponse(responseCode = "304", description = "If-None-Match has the current ETag")
    public RestResponse<ShieldResponse> get(long id) {
        return preconditions.get(() -> ShieldResponse.of(find(id, LockModeType.NONE)));
    }

    @PUT
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "updateShield", summary = "Update a shield")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The updated shield",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ShieldResponse.class)))
    public RestResponse<ShieldResponse> update(long id, @NotNull @Valid UpdateShieldRequest request) {
        var shield = lock(id);
        request.applyTo(shield);
        return preconditions.tagged(Status.OK, ShieldResponse.of(shield)).build();
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    @ResponseStatus(204)
    @Operation(operationId = "deleteShield", summary = "Delete a shield and its inspections")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(responseCode = "204", description = "Deleted")
    public void delete(long id) {
        shields.delete(lock(id));
    }

    /** Locks a shield until the transaction ends, if the preconditions of the request hold. */
    private Shield lock(long id) {
        return preconditions.check(() -> find(id, LockModeType.PESSIMISTIC_WRITE), ShieldResponse::of);
    }

    private Shield find(long id, LockModeType lock) {
        return shields.findByIdOptional(id, lock)
                .orElseThrow(() -> ProblemException.notFound("There is no shield " + id));
    }
}
