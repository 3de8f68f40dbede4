package dev.aegis.platform.page;

import dev.aegis.platform.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which page of a list is requested. The parameters are parsed here, since JAX-RS responds with 404 to a malformed number. */
public class PageRequest {
    private static final String CONSISTENCY =
            "Items that exist throughout paging appear exactly once; one added meanwhile may be missed until the list is read"
                    + " again.";

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    @QueryParam("limit")
    @Parameter(
            description = "The maximum number of items",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable String limit;

    @QueryParam("after")
    @Parameter(
            description = "The next of the previous page. " + CONSISTENCY,
            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @Nullable String after;

    /** From 1 to 500, by default 50. */
    public int limit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        long requested = Numbers.parse("limit", limit);
        if (requested < 1 || requested > MAX_LIMIT) {
            throw ProblemException.badField("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return (int) requested;
    }

    /** The id after which the page starts, by default {@code start}. */
    public long after(long start) {
        return after == null ? start : Numbers.parse("after", after);
    }
}
