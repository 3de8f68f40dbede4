package dev.aegis.local;

import java.util.Map;

/** A colour for each part of the system, for the name in front of its lines. */
record Colours(boolean on) {
    private static final Map<String, Integer> CODES =
            Map.of("api", 36, "scheduler", 33, "worker", 32, "postgres", 35, "aegis", 1);

    /** The line of a log with the part's name, up to the bar, in its colour. */
    String paint(String line) {
        var bar = line.indexOf('|');
        var code = bar < 0 ? null : CODES.get(line.substring(0, bar).strip());
        return !on || code == null
                ? line
                : "\u001B[" + code + "m" + line.substring(0, bar + 1) + "\u001B[0m" + line.substring(bar + 1);
    }
}
