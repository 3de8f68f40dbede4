package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Range;

/** What a shield shall be from now on. Both are needed: a value that was forgotten does not fall back to its default. */
public record ShieldChange(
        @Schema(examples = "Dragon Scale") @NotNull(message = "is missing") @ShieldName
        String name,

        @Schema(examples = "90")
        @NotNull(message = "is missing") @Range(min = 0, max = 100, message = "must be between {min} and {max}")
        Integer defenseRating) {

    void applyTo(Shield shield) {
        shield.name = name;
        shield.defenseRating = defenseRating;
    }
}
