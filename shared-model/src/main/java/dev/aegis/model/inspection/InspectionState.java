package dev.aegis.model.inspection;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Where an inspection stands: {@code requested → running → passed | repaired | condemned}, or {@code failed}. */
public enum InspectionState {
    /** Written and asked for; no worker has begun. */
    REQUESTED,
    /** A worker is at it. */
    RUNNING,
    /** The shield is sound. */
    PASSED,
    /** The shield was worn and has been mended. */
    REPAIRED,
    /** The shield is beyond repair. */
    CONDEMNED,
    /** The inspection could not be done, however often it was tried. */
    FAILED;

    /** The name in the database and on the wire. */
    @EnumeratedValue
    private final String code = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String code() {
        return code;
    }
}
