package dev.aegis.model.inspection;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The state of an inspection: {@code requested → passed | repaired | condemned}, or {@code failed}. */
public enum InspectionState {
    /** Not done yet. */
    REQUESTED,
    /** The shield is sound. */
    PASSED,
    /** The shield was worn and has been mended. */
    REPAIRED,
    /** The shield is beyond repair. */
    CONDEMNED,
    /** Every attempt failed. When its message is resent from the dead letters, it can still be completed. */
    FAILED;

    /** The name in the database and on the wire. */
    @EnumeratedValue
    private final String code = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String code() {
        return code;
    }

    /** Whether the shield was inspected: passed, repaired or condemned. These states are final. */
    public boolean isOutcome() {
        return this == PASSED || this == REPAIRED || this == CONDEMNED;
    }
}
