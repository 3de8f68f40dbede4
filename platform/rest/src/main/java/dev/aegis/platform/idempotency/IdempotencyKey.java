package dev.aegis.platform.idempotency;

import dev.aegis.platform.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A client-generated key of a request, from the header {@code Idempotency-Key}. */
record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    static final int MAX_LENGTH = 255;

    /** With quotes, and each character escaped. On longer texts, the patterns could overflow the stack. */
    private static final int MAX_HEADER_LENGTH = 2 * MAX_LENGTH + 2;

    /** A String of RFC 9651: printable ASCII with escaped quotes and backslashes. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");

    /** What many clients send instead. No commas, since a proxy may join two headers with one. */
    private static final Pattern BARE = Pattern.compile("[!-~&&[^\",;\\\\]]+");

    /**
     * Parses the key of a request.
     *
     * @param headers the values of all headers of that name
     * @throws ProblemException if there are several, or if it is malformed
     */
    static Optional<IdempotencyKey> of(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1) {
            throw ProblemException.badField(HEADER, "must be sent once");
        }
        var text = headers.get(0).strip();
        if (text.length() > MAX_HEADER_LENGTH) {
            throw malformed();
        }
        var quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return Optional.of(checkedLength(quoted.group(1).replaceAll("\\\\(.)", "$1")));
        }
        if (BARE.matcher(text).matches()) {
            return Optional.of(checkedLength(text));
        }
        throw malformed();
    }

    private static IdempotencyKey checkedLength(String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw malformed();
        }
        return new IdempotencyKey(value);
    }

    private static ProblemException malformed() {
        return ProblemException.badField(
                HEADER,
                "must have 1 to " + MAX_LENGTH
                        + " printable ASCII characters, in double quotes or without spaces, quotes, commas, semicolons and backslashes");
    }
}
