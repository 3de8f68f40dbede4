package dev.aegis.messaging.api;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How an API differs from what it was.
 *
 * @param breaks what was removed or is declared otherwise, so that code that names it may no longer compile or link; and what
 *     applications would have to implement in addition
 * @param additions what is new: code that was compiled before is not concerned
 */
record ApiChanges(List<String> breaks, List<String> additions) {

    /**
     * @param implemented whether applications implement a type, by its name: what is new and abstract in it breaks them
     */
    static ApiChanges between(List<String> before, List<String> now, Predicate<String> implemented) {
        var removed = before.stream().filter(line -> !now.contains(line)).toList();
        var added = now.stream().filter(line -> !before.contains(line)).toList();
        var demanded = added.stream()
                .filter(line -> line.contains(": public abstract ") || line.contains(": protected abstract "))
                .filter(line ->
                        implemented.test(typeOf(line)) && before.stream().anyMatch(declares(typeOf(line))))
                .toList();
        return new ApiChanges(
                Stream.concat(removed.stream(), demanded.stream().map(line -> line + " (new, to be implemented)"))
                        .toList(),
                added.stream().filter(line -> !demanded.contains(line)).toList());
    }

    private static String typeOf(String member) {
        return member.substring(0, member.indexOf(": "));
    }

    private static Predicate<String> declares(String type) {
        return line -> line.startsWith(type + " = ");
    }

    boolean isNone() {
        return breaks.isEmpty() && additions.isEmpty();
    }

    /** Whether {@code accepted}, the name of one of both kinds of changes, allows these. */
    boolean areCoveredBy(String accepted) {
        return accepted.equals("breaks") || accepted.equals("additions") && breaks.isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        breaks.forEach(line -> text.append("\n  - ").append(line));
        additions.forEach(line -> text.append("\n  + ").append(line));
        return text.toString();
    }
}
