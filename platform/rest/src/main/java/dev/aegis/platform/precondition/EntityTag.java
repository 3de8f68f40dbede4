package dev.aegis.platform.precondition;

import dev.aegis.platform.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says which state of a resource is meant, as of RFC 9110.
 *
 * @param opaque what stands between the quotes
 */
record EntityTag(boolean weak, String opaque) {

    /** An element of a list, which may be empty. Possessive: what a client sends is read once, whatever follows. */
    private static final Pattern NEXT = Pattern.compile("[ \t]*+(?:(W/)?+\"([!#-~\\x80-\\xff]*+)\"[ \t]*+)?+(?:,|$)");

    /** Both are strong, and the same. */
    boolean isStrongly(EntityTag other) {
        return !weak && equals(other);
    }

    /** The same, weak or not. */
    boolean isWeakly(EntityTag other) {
        return opaque.equals(other.opaque);
    }

    /**
     * Reads a list of tags.
     *
     * @param header its name
     * @throws ProblemException if it is none
     */
    static List<EntityTag> list(String header, String text) {
        var tags = new ArrayList<EntityTag>();
        var next = NEXT.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!next.region(end, text.length()).lookingAt()) {
                throw illFormed(header);
            }
            if (next.group(2) != null) {
                tags.add(new EntityTag(next.group(1) != null, next.group(2)));
            }
            end = next.end();
        }
        if (tags.isEmpty()) {
            throw illFormed(header);
        }
        return tags;
    }

    private static ProblemException illFormed(String header) {
        return ProblemException.badField(
                header, "must be * or entity tags in double quotes, separated by commas; there are no spaces in a tag");
    }

    @Override
    public String toString() {
        return (weak ? "W/" : "") + '"' + opaque + '"';
    }
}
