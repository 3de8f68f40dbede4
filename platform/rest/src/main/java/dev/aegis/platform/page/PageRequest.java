package dev.aegis.platform.page;

import dev.aegis.platform.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted. The parameters are read here, since JAX-RS answers 404 to a number that is none. */
public class PageRequest {
    private static final String LATE =
            "Whatever is there during the whole walk is shown once. An item that was being added while a"
                    + " page was read may get an id that the walk has passed; it is shown when the list is read again from its start.";

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    @QueryParam("limit")
    @Parameter(
            description = "How many items at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable String limit;

    @QueryParam("after")
    @Parameter(
            description = "The next of the page before. " + LATE,
            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @Nullable String after;

    /** From 1 to 500; 50 if none is asked for. */
    public int limit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        long wanted = Numbers.parse("limit", limit);
        if (wanted < 1 || wanted > MAX_LIMIT) {
            throw ProblemException.badField("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return (int) wanted;
    }

    /** The id after which the page starts; {@code start} for the first page. */
    public long after(long start) {
        return after == null ? start : Numbers.parse("after", after);
    }
}
