package dev.aegis.api.inspection;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The inspections that were requested.
 *
 * @param ids the inspections, in the order of the shields
 */
public record BulkInspectionResponse(
        @Schema(examples = "3") int count,
        @Schema(examples = "[7, 8, 9]") List<Long> ids) {

    static BulkInspectionResponse of(List<Long> ids) {
        return new BulkInspectionResponse(ids.size(), ids);
    }
}
