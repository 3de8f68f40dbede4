package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import dev.aegis.model.shield.Shields;
import dev.aegis.platform.idempotency.Idempotent;
import dev.aegis.platform.page.Page;
import dev.aegis.platform.page.PageRequest;
import dev.aegis.platform.precondition.Conditions;
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
            "Do it only if the shield is as one of these ETags says; * for any. Without it, it is done in any case";

    private final Shields shields;
    private final Conditions conditions;

    ShieldResource(Shields shields, Conditions conditions) {
        this.shields = shields;
        this.conditions = conditions;
    }

    @POST
    @Idempotent
    @Transactional
    @Operation(operationId = "addShield", summary = "Add a shield")
    @APIResponse(
            responseCode = "201",
            description = "The shield; its path is in the header Location",
            headers = {
                @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = ShieldView.class)))
    public RestResponse<ShieldView> add(@NotNull @Valid NewShield request) {
        var shield = request.toShield();
        shields.persistAndFlush(shield);
        return conditions
                .tagged(Status.CREATED, ShieldView.of(shield))
                .header("Location", "/shields/" + shield.id)
                .build();
    }

    @GET
    @Operation(operationId = "listShields", summary = "List the shields, the oldest first")
    public Page<ShieldView> list(@BeanParam PageRequest page) {
        var found = shields.find("id > ?1 order by id", page.after(0))
                .range(0, page.limit())
                .list();
        return Page.of(found, page, shield -> shield.id, ShieldView::of);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getShield", summary = "Look at a shield")
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "Answer 304 and no body if the shield is as one of these ETags says",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The shield; its state has the name that the header ETag gives",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ShieldView.class)))
    @APIResponse(responseCode = "304", description = "The shield is as If-None-Match says")
    public RestResponse<ShieldView> get(long id) {
        return conditions.get(() -> ShieldView.of(existing(id, LockModeType.NONE)));
    }

    @PUT
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "changeShield", summary = "Rename or rate a shield")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The shield as it is stored",
            headers = @Header(name = "ETag", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ShieldView.class)))
    public RestResponse<ShieldView> change(long id, @NotNull @Valid ShieldChange change) {
        var shield = locked(id);
        change.applyTo(shield);
        return conditions.tagged(Status.OK, ShieldView.of(shield)).build();
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    @ResponseStatus(204)
    @Operation(operationId = "removeShield", summary = "Remove a shield, and its inspections with it")
    @Parameter(
            name = "If-Match",
            in = ParameterIn.HEADER,
            description = IF_MATCH,
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(long id) {
        shields.delete(locked(id));
    }

    /** A shield that nobody else changes until the transaction ends, if the client wants it as it is. */
    private Shield locked(long id) {
        return conditions.demand(() -> existing(id, LockModeType.PESSIMISTIC_WRITE), ShieldView::of);
    }

    private Shield existing(long id, LockModeType lock) {
        return shields.findByIdOptional(id, lock)
                .orElseThrow(() -> ProblemException.notFound("There is no shield " + id));
    }
}
