package dev.aegis.api.shield;

import dev.aegis.api.page.Page;
import dev.aegis.api.page.PageRequest;
import dev.aegis.api.problem.ProblemException;
import dev.aegis.model.shield.Shield;
import dev.aegis.model.shield.Shields;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** The shields. */
@Path("/shields")
@Tag(name = "shields")
public class ShieldResource {
    private final Shields shields;

    ShieldResource(Shields shields) {
        this.shields = shields;
    }

    @POST
    @Transactional
    @Operation(operationId = "addShield", summary = "Add a shield")
    @APIResponse(
            responseCode = "201",
            description = "The shield; its path is in the header Location",
            content = @Content(schema = @Schema(implementation = ShieldView.class)))
    public RestResponse<ShieldView> add(@NotNull @Valid NewShield request) {
        var shield = request.toShield();
        shields.persistAndFlush(shield);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, ShieldView.of(shield))
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
    public ShieldView get(long id) {
        return ShieldView.of(existing(id));
    }

    @PUT
    @Path("/{id}")
    @Transactional
    @Operation(operationId = "changeShield", summary = "Rename or rate a shield")
    public ShieldView change(long id, @NotNull @Valid ShieldChange change) {
        var shield = existing(id);
        change.applyTo(shield);
        return ShieldView.of(shield);
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    @ResponseStatus(204)
    @Operation(operationId = "removeShield", summary = "Remove a shield, and its inspections with it")
    @APIResponse(responseCode = "204", description = "Removed")
    public void remove(long id) {
        if (shields.delete("id", id) == 0) {
            throw unknown(id);
        }
    }

    private Shield existing(long id) {
        return shields.findByIdOptional(id).orElseThrow(() -> unknown(id));
    }

    private static ProblemException unknown(long id) {
        return ProblemException.notFound("There is no shield " + id);
    }
}
