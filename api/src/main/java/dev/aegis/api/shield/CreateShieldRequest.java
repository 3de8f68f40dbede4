package dev.aegis.api.shield;

import dev.aegis.model.shield.Shield;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** @param defenseRating by default 10 */
public record CreateShieldRequest(
        @Schema(examples = "Dragon Scale", minLength = 1, maxLength = 100) @NotNull @ShieldName
        String name,

        @Schema(examples = "95", defaultValue = "10", minimum = "0", maximum = "100")
        @Range(min = 0, max = 100)
        @Nullable Integer defenseRating) {

    Shield toShield() {
        return defenseRating == null ? new Shield(name) : new Shield(name, defenseRating);
    }
}
