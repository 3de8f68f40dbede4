package dev.aegis.platform.page;

import dev.aegis.platform.problem.ProblemException;

/** Integers in paths and queries. */
public final class Numbers {
    private Numbers() {}

    /**
     * Parses an integer.
     *
     * @throws ProblemException if it is malformed or does not fit into a long
     */
    public static long parse(String parameter, String text) {
        try {
            return parse(text);
        } catch (NumberFormatException e) {
            throw ProblemException.badField(parameter, "must be an integer");
        }
    }

    /** Java also accepts a plus sign and the digits of other scripts, which would give a resource several addresses. */
    static long parse(String text) {
        if (!text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
            throw new NumberFormatException(text);
        }
        return Long.parseLong(text);
    }
}
