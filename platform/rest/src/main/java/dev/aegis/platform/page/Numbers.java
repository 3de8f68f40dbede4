package dev.aegis.platform.page;

import dev.aegis.platform.problem.ProblemException;

/** Numbers in query parameters. */
public final class Numbers {
    private Numbers() {}

    /**
     * Reads an integer.
     *
     * @throws ProblemException if the text is no number that a long can hold
     */
    public static long parse(String parameter, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ProblemException.badField(parameter, "must be an integer");
        }
    }
}
