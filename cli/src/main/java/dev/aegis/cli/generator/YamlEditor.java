package dev.aegis.cli.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Edits of YAML by its indentation, which leave each line that stays as it is. */
final class YamlEditor {
    private static final Pattern DIRECTORY = Pattern.compile("(?m)^ +(?:- )?directory: /(.*)$");

    private YamlEditor() {}

    /** Dependabot's, without the updates of folders that are not there. */
    static String withoutUpdatesOf(String dependabot, Predicate<String> absent) {
        var result = new StringBuilder();
        var item = new ArrayList<String>();
        for (var line : dependabot.split("\n", -1)) {
            if (line.startsWith("  - ")) {
                flush(item, absent, result);
            }
            item.add(line);
        }
        flush(item, absent, result);
        return result.substring(0, result.length() - 1);
    }

    private static void flush(List<String> item, Predicate<String> absent, StringBuilder result) {
        var text = item.stream().map(line -> line + "\n").collect(Collectors.joining());
        var directory = DIRECTORY.matcher(text);
        if (!directory.find() || !absent.test(directory.group(1).strip())) {
            result.append(text);
        }
        item.clear();
    }

    /** The names of the volumes of a compose file. */
    static Set<String> volumes(String compose) {
        var inside = false;
        var volumes = new TreeSet<String>();
        for (var line : compose.split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("#")) {
                inside = line.startsWith("volumes:");
            } else if (inside && line.matches("  [A-Za-z0-9._-]+:.*")) {
                volumes.add(line.strip().replaceFirst(":.*", ""));
            }
        }
        return volumes;
    }

    /** A compose file with another name for its containers, networks and volumes. */
    static String named(String compose, String name) {
        return compose.replaceFirst("(?m)^name: .*$", "name: " + name);
    }
}
