package dev.aegis.api.inspection;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A request for the inspection of many shields, of all or of none. */
public final class ManyInspections {
    private ManyInspections() {}

    /** How many shields one request may name. */
    static final int MAX = 10_000;

    /**
     * What is asked for.
     *
     * @param shieldIds one inspection is made for each, in this order; a shield may be named twice
     */
    @Schema(name = "ManyInspectionsRequest")
    public record Request(
            @Schema(examples = "[1, 2, 3]", minItems = 1, maxItems = MAX)
            @NotNull @Size(min = 1, max = MAX) @JsonSetter(contentNulls = Nulls.FAIL)
            List<Long> shieldIds) {}

    /**
     * What was made.
     *
     * @param ids the inspections, in the order of the shields
     */
    @Schema(name = "ManyInspections")
    public record Answer(
            @Schema(examples = "3") int count,
            @Schema(examples = "[7, 8, 9]") List<Long> ids) {
        static Answer of(List<Long> ids) {
            return new Answer(ids.size(), ids);
        }
    }
}
