package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Range;

/** Both fields are required, so that a forgotten one does not reset to its default. */
public record UpdateShieldRequest(
        @Schema(examples = "Dragon Scale", minLength = 1, maxLength = 100) @NotNull @ShieldName
        String name,

        @Schema(examples = "90", minimum = "0", maximum = "100") @NotNull @Range(min = 0, max = 100)
        Integer defenseRating) {

    void applyTo(Shield shield) {
        shield.name = name;
        shield.defenseRating = defenseRating;
    }
}
