package dev.aegis.local;

import java.util.HashMap;
import java.util.Map;

/** The colours of the names at the start of log lines. */
record Colours(boolean on) {
    private static final Map<String, Integer> CODES = codes();

    private static Map<String, Integer> codes() {
        var codes = new HashMap<>(Map.of("postgres", 35, "aegis", 1));
        ServiceDefinition.ALL.forEach(service -> codes.put(service.name(), service.colour()));
        return codes;
    }

    /** Colours the name in a log line, up to the bar. */
    String paint(String line) {
        var bar = line.indexOf('|');
        var code = bar < 0 ? null : CODES.get(line.substring(0, bar).strip());
        return !on || code == null
                ? line
                : "\u001B[" + code + "m" + line.substring(0, bar + 1) + "\u001B[0m" + line.substring(bar + 1);
    }
}
