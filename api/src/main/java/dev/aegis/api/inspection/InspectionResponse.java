package dev.aegis.api.inspection;

import static java.util.Objects.requireNonNull;

import dev.aegis.model.inspection.Inspection;
import dev.aegis.model.inspection.InspectionState;
import dev.aegis.model.inspection.Requester;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An inspection as clients see it. What is not known yet is null. */
@Schema(name = "Inspection")
public record InspectionResponse(
        @Schema(examples = "7") long id,
        @Schema(examples = "1") long shieldId,

        @Schema(description = "Who requested it", examples = "api")
        Requester requestedBy,

        @Schema(description = "requested, then passed, repaired, condemned or failed", examples = "repaired")
        InspectionState state,

        @Schema(examples = "2026-01-01T12:00:00.123456Z") Instant requestedAt,

        @Schema(examples = "2026-01-01T12:00:00.323456Z", nullable = true) @Nullable Instant finishedAt,

        @Schema(examples = "60", nullable = true) @Nullable Integer ratingBefore,
        @Schema(examples = "85", nullable = true) @Nullable Integer ratingAfter,

        @Schema(examples = "The rim was cracked and has been mended", nullable = true) @Nullable String finding,

        @Schema(description = "The worker that did it", examples = "aegis-worker@host-1", nullable = true) @Nullable String worker) {

    static InspectionResponse of(Inspection inspection) {
        return new InspectionResponse(
                inspection.id,
                inspection.shield.id,
                inspection.requestedBy,
                inspection.state,
                requireNonNull(inspection.requestedAt),
                inspection.finishedAt,
                inspection.ratingBefore,
                inspection.ratingAfter,
                inspection.finding,
                inspection.worker);
    }
}
