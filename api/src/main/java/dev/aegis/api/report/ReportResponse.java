package dev.aegis.api.report;

import static java.util.Objects.requireNonNull;

import dev.aegis.model.report.ArmouryReport;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Report")
public record ReportResponse(
        @Schema(examples = "3") long id,
        @Schema(examples = "2026-01-01T12:05:00.123456Z") Instant createdAt,

        @Schema(description = "When the period of the previous report ended", examples = "2026-01-01T12:00:00Z")
        Instant periodStart,

        @Schema(description = "When this report was started", examples = "2026-01-01T12:05:00Z")
        Instant periodEnd,

        @Schema(description = "How many shields there were", examples = "100")
        int shields,

        @Schema(description = "How many of them were fit for battle", examples = "80")
        int battleWorthy,

        @Schema(description = "How many of them were overdue for inspection", examples = "3")
        int overdue,

        @Schema(description = "Their mean defense rating; null if there were none", examples = "71.25", nullable = true)
        @Nullable BigDecimal averageRating,

        @Schema(description = "Inspections by outcome that no earlier report had counted, whenever they ended")
        Inspections inspections) {

    /** Inspections by outcome that no earlier report had counted. */
    @Schema(name = "Outcomes")
    public record Inspections(
            @Schema(examples = "50") int passed,
            @Schema(examples = "20") int repaired,
            @Schema(examples = "2") int condemned,
            @Schema(examples = "0") int failed) {}

    static ReportResponse of(ArmouryReport report) {
        return new ReportResponse(
                report.id,
                requireNonNull(report.createdAt),
                report.periodStart,
                report.periodEnd,
                report.shields,
                report.battleWorthy,
                report.overdue,
                report.averageRating,
                new Inspections(
                        report.inspectionsPassed,
                        report.inspectionsRepaired,
                        report.inspectionsCondemned,
                        report.inspectionsFailed));
    }
}
