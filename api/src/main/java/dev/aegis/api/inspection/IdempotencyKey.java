package dev.aegis.api.inspection;

import dev.aegis.api.problem.ProblemException;
import java.util.Locale;

/** A client's name for its request, from the header {@code Idempotency-Key}. */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    private static final int MAX_LENGTH = 255;

    IdempotencyKey {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw ProblemException.badField(
                    HEADER,
                    String.format(
                            Locale.ROOT, "must have 1 to %d printable ASCII characters, and no space", MAX_LENGTH));
        }
    }
}
