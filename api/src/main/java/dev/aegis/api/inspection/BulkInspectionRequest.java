package dev.aegis.api.inspection;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Requests inspections of many shields: of all of them or of none.
 *
 * @param shieldIds one inspection is requested for each entry, in this order; a shield may occur more than once
 */
public record BulkInspectionRequest(
        @Schema(examples = "[1, 2, 3]", minItems = 1, maxItems = MAX_SHIELDS)
        @NotNull @Size(min = 1, max = MAX_SHIELDS) @JsonSetter(contentNulls = Nulls.FAIL)
        List<Long> shieldIds) {

    static final int MAX_SHIELDS = 10_000;
}
