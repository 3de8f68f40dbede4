package dev.aegis.local;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of an {@code .env} file, read as Compose reads them: {@code NAME=value} lines, comments, literal values
 * in single quotes, {@code ${NAME}} and {@code ${NAME:-default}} replaced in all others. The environment takes
 * precedence.
 */
final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private DotEnv() {}

    /** The settings of the environment, and those of the file, if there is one, that the environment does not set. */
    static Map<String, String> read(Path file, Map<String, String> environment) {
        var values = new LinkedHashMap<>(environment);
        if (Files.exists(file)) {
            try {
                var number = 0;
                for (var line : Files.readAllLines(file)) {
                    number++;
                    // Editors on Windows put a byte order mark before the first line.
                    add(
                            number == 1 ? line.replaceFirst("^\uFEFF", "") : line,
                            file.getFileName() + " line " + number,
                            environment,
                            values);
                }
            } catch (CharacterCodingException e) {
                throw new CliException(file.getFileName() + " is not encoded in UTF-8: save it in UTF-8.");
            } catch (IOException e) {
                throw new CliException(file.getFileName() + " cannot be read: " + e.getMessage() + ".");
            }
        }
        return values;
    }

    private static void add(String line, String where, Map<String, String> environment, Map<String, String> values) {
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return;
        }
        var setting = LINE.matcher(line);
        if (!setting.matches()) {
            throw new CliException(
                    where + " is not a setting of the form NAME=value: correct it or put a # before it.");
        }
        if (!environment.containsKey(setting.group(1))) {
            values.put(setting.group(1), value(setting.group(2), values));
        }
    }

    private static String value(String raw, Map<String, String> values) {
        if (raw.startsWith("'") && raw.indexOf('\'', 1) > 0) {
            return raw.substring(1, raw.indexOf('\'', 1));
        }
        if (raw.startsWith("\"") && raw.indexOf('"', 1) > 0) {
            return resolved(raw.substring(1, raw.indexOf('"', 1)), values);
        }
        return resolved(raw.startsWith("#") ? "" : raw.replaceFirst("\\s+#.*", ""), values);
    }

    private static String resolved(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            var value = values.getOrDefault(match.group(1), "");
            var fallback = match.group(2);
            return Matcher.quoteReplacement(value.isEmpty() && fallback != null ? fallback : value);
        });
    }
}
