package dev.aegis.model.inspection;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Who requested an inspection. */
public enum Requester {
    API,
    SCHEDULE;

    /** The name in the database and on the wire. */
    @EnumeratedValue
    private final String code = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String code() {
        return code;
    }
}
