package dev.aegis.api.inspection;

import static java.util.stream.Collectors.joining;

import dev.aegis.model.inspection.InspectionState;
import dev.aegis.platform.page.Numbers;
import dev.aegis.platform.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that filter a list. They are parsed here, since JAX-RS responds with 404 to a malformed number. */
public class InspectionFilter {

    @QueryParam("state")
    @Parameter(description = "Only those in this state", schema = @Schema(implementation = InspectionState.class))
    @Nullable String state;

    @QueryParam("shield_id")
    @Parameter(description = "Only those of this shield", schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
    @Nullable String shieldId;

    /** The query for the matching inspections before an id, the newest first. */
    String query() {
        return "id < :before"
                + (state == null ? "" : " and state = :state")
                + (shieldId == null ? "" : " and shield.id = :shield")
                + " order by id desc";
    }

    Map<String, Object> parameters(long before) {
        var parameters = new HashMap<String, Object>(Map.of("before", before));
        if (state != null) {
            parameters.put("state", state(state));
        }
        if (shieldId != null) {
            parameters.put("shield", Numbers.parse("shield_id", shieldId));
        }
        return parameters;
    }

    private static InspectionState state(String code) {
        return Arrays.stream(InspectionState.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField("state", "must be one of " + codes()));
    }

    private static String codes() {
        return Arrays.stream(InspectionState.values())
                .map(InspectionState::code)
                .collect(joining(", "));
    }
}
