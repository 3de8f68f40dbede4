package dev.aegis.platform.idempotency;

import dev.aegis.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A client's name for its request, from the header {@code Idempotency-Key}. */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    static final int MAX_LENGTH = 255;

    /** In quotes, and each character escaped. What is longer is no key, and Java's patterns would need a deep stack for it. */
    private static final int MAX_TEXT = 2 * MAX_LENGTH + 2;

    /** A String of RFC 9651: printable ASCII, in which quotes and backslashes are escaped. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");

    /** What many clients send instead. Commas would not be told from those that a proxy joins two headers with. */
    private static final Pattern BARE = Pattern.compile("[!-~&&[^\",;\\\\]]+");

    /**
     * Reads the key of a request.
     *
     * @param headers each header of that name
     * @throws ProblemException if there are several, or if it is no key
     */
    static Optional<IdempotencyKey> of(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1) {
            throw ProblemException.badField(HEADER, "must be sent once");
        }
        var text = headers.get(0).strip();
        if (text.length() > MAX_TEXT) {
            throw illFormed();
        }
        var quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return Optional.of(ofFitLength(quoted.group(1).replaceAll("\\\\(.)", "$1")));
        }
        if (BARE.matcher(text).matches()) {
            return Optional.of(ofFitLength(text));
        }
        throw illFormed();
    }

    private static IdempotencyKey ofFitLength(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw illFormed();
        }
        return new IdempotencyKey(value);
    }

    private static ProblemException illFormed() {
        return ProblemException.badField(
                HEADER,
                "must have 1 to " + MAX_LENGTH
                        + " printable ASCII characters: in double quotes, or without spaces, quotes, commas, semicolons and backslashes");
    }
}
