package dev.aegis.api.problem;

import dev.aegis.model.database.Database;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

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
                + session.createNativeQuery("INSERT INTO shield (name) VALUES ('')")
                        .executeUpdate());
    }
}
