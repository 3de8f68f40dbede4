package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * A shield to be made.
 *
 * @param defenseRating 10 if it is left out
 */
public record NewShield(
        @Schema(examples = "Dragon Scale") @NotNull(message = "is missing") @ShieldName
        String name,

        @Schema(examples = "95", defaultValue = "10")
        @Range(min = 0, max = 100, message = "must be between {min} and {max}")
        @Nullable Integer defenseRating) {

    Shield toShield() {
        return defenseRating == null ? new Shield(name) : new Shield(name, defenseRating);
    }
}
