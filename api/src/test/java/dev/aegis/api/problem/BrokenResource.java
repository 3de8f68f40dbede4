package dev.aegis.api.problem;

import dev.aegis.platform.database.Database;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Fails in ways that the api itself should not. */
@Path("/broken")
public class BrokenResource {
    private final Database database;

    BrokenResource(Database database) {
        this.database = database;
    }

    @GET
    @Path("/bug")
    public String bug() {
        throw new IllegalStateException("secret");
    }

    @GET
    @Path("/sql")
    public String sql() {
        return database.compute(session ->
                (String) session.createNativeQuery("SELECT secret FROM nowhere").getSingleResult());
    }

    @GET
    @Path("/constraint")
    public String constraint() {
        return database.compute(session -> ""
                + session.createNativeQuery("INSERT INTO public.shield (name) VALUES ('')")
                        .executeUpdate());
    }

    @GET
    @Path("/reference")
    public String reference() {
        return database.compute(session -> ""
                + session.createNativeQuery("INSERT INTO inspection (shield_id, requested_by) VALUES (0, 'api')")
                        .executeUpdate());
    }

    @GET
    @Path("/unavailable")
    public String unavailable() {
        throw new ServiceUnavailableException(17L, new IllegalStateException("secret"));
    }

    @GET
    @Path("/thrown")
    public String thrown() {
        throw new InternalServerErrorException("secret");
    }

    @GET
    @Path("/many")
    public String many(@QueryParam("name") List<@Size(max = 1) String> names) {
        return String.join(" ", names);
    }

    @GET
    @Path("/busy")
    public String busy() {
        throw new ClientErrorException(
                Response.status(429).header("Retry-After", 18).build());
    }
}
