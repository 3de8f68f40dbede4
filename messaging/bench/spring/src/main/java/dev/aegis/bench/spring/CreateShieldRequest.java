package dev.aegis.bench.spring;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A shield to be added; its rating is 10 if it is left out. */
record CreateShieldRequest(
        @NotBlank @Size(max = 100) String name,
        @Min(0) @Max(100) Integer defenseRating) {

    Shield toShield() {
        return new Shield(name, defenseRating == null ? Shield.DEFAULT_DEFENSE_RATING : defenseRating);
    }
}
