package dev.aegis.platform.precondition;

import dev.aegis.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entity tag (RFC 9110).
 *
 * @param opaque the text between the quotes
 */
record EntityTag(boolean weak, String opaque) {

    /** An element of a list, which may be empty. Possessive, so that no header takes long to match. */
    private static final Pattern NEXT = Pattern.compile("[ \t]*+(?:(W/)?+\"([!#-~\\x80-\\xff]*+)\"[ \t]*+)?+(?:,|$)");

    /** Strong comparison: the same, and both are strong. */
    boolean matchesStrongly(EntityTag other) {
        return !weak && equals(other);
    }

    /** Weak comparison: the same, weak or not. */
    boolean matchesWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /**
     * Parses a list of tags.
     *
     * @param header the name of the header, for the problem
     * @throws ProblemException if it is malformed or empty
     */
    static List<EntityTag> list(String header, String text) {
        var tags = new ArrayList<EntityTag>();
        var next = NEXT.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!next.region(end, text.length()).lookingAt()) {
                throw malformed(header);
            }
            if (next.group(2) != null) {
                tags.add(new EntityTag(next.group(1) != null, next.group(2)));
            }
            end = next.end();
        }
        if (tags.isEmpty()) {
            throw malformed(header);
        }
        return tags;
    }

    private static ProblemException malformed(String header) {
        return ProblemException.badField(
                header, "must be * or comma-separated entity tags in double quotes, without spaces in a tag");
    }

    @Override
    public String toString() {
        return (weak ? "W/" : "") + '"' + opaque + '"';
    }
}
