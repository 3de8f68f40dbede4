package dev.aegis.cli.generator;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Replacements in a text; what lies between them stays as it is, or is changed by a function of its own. */
final class Edits {
    private record Replacement(int to, String text) {}

    private final String text;
    private final SortedMap<Integer, Replacement> replacements = new TreeMap<>();

    Edits(String text) {
        this.text = text;
    }

    void replace(int from, int to, String replacement) {
        replacements.put(from, new Replacement(to, replacement));
    }

    String apply() {
        return apply(UnaryOperator.identity());
    }

    String apply(UnaryOperator<String> between) {
        var result = new StringBuilder();
        var at = 0;
        for (var entry : replacements.entrySet()) {
            if (entry.getKey() < at) {
                continue; // inside of one that was replaced as a whole
            }
            result.append(between.apply(text.substring(at, entry.getKey())));
            result.append(entry.getValue().text);
            at = entry.getValue().to;
        }
        return result.append(between.apply(text.substring(at))).toString();
    }
}
