package dev.aegis.api.inspection;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Asks for the inspection of many shields, of all or of none.
 *
 * @param shieldIds one inspection is made for each, in this order; a shield may be named twice
 */
public record BulkInspectionRequest(
        @Schema(examples = "[1, 2, 3]", minItems = 1, maxItems = MAX_SHIELDS)
        @NotNull @Size(min = 1, max = MAX_SHIELDS) @JsonSetter(contentNulls = Nulls.FAIL)
        List<Long> shieldIds) {

    static final int MAX_SHIELDS = 10_000;
}
