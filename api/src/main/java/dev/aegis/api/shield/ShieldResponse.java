package dev.aegis.api.shield;

import static java.util.Objects.requireNonNull;

import dev.aegis.model.shield.Shield;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Shield")
public record ShieldResponse(
        @Schema(examples = "1") long id,
        @Schema(examples = "Dragon Scale") String name,

        @Schema(examples = "95", minimum = "0", maximum = "100")
        int defenseRating,

        @Schema(description = "When it was created", examples = "2026-01-01T12:00:00.123456Z")
        Instant createdAt,

        @Schema(
                description = "When its last inspection ended; null before the first",
                examples = "2026-01-01T12:30:00Z",
                nullable = true)
        @Nullable Instant inspectedAt) {

    static ShieldResponse of(Shield shield) {
        return new ShieldResponse(
                shield.id, shield.name, shield.defenseRating, requireNonNull(shield.createdAt), shield.inspectedAt);
    }
}
