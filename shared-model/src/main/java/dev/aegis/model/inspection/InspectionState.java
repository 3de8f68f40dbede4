package dev.aegis.model.inspection;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Where an inspection stands: {@code requested → passed | repaired | condemned}, or {@code failed}. */
public enum InspectionState {
    /** Written and asked for, and not done yet. */
    REQUESTED,
    /** The shield is sound. */
    PASSED,
    /** The shield was worn and has been mended. */
    REPAIRED,
    /** The shield is beyond repair. */
    CONDEMNED,
    /** The inspection could not be done, however often it was tried. When its message is sent again, it still can be. */
    FAILED;

    /** The name in the database and on the wire. */
    @EnumeratedValue
    private final String code = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String code() {
        return code;
    }

    /** Whether the shield was inspected: passed, repaired or condemned. Nothing changes that any more. */
    public boolean isOutcome() {
        return this == PASSED || this == REPAIRED || this == CONDEMNED;
    }
}
