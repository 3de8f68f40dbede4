package dev.aegis.cli.generator;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings renamed Java into the format that the build asks for: other names change the order of imports, and where lines end. */
final class JavaSource {
    private static final ThreadLocal<Formatter> FORMATTER =
            ThreadLocal.withInitial(() -> Formatter.createFormatter(JavaFormatterOptions.builder()
                    .style(JavaFormatterOptions.Style.PALANTIR)
                    .build()));

    /** The build has these on the line of the type (formatAnnotations in pom.xml). */
    private static final Pattern TYPE_ANNOTATION = Pattern.compile("(@Nullable|@NonNull)\\n\\s+");

    private JavaSource() {}

    /**
     * @param before as it was, and in the format
     * @param renamed the same with other names
     */
    static String formatted(String before, String renamed) {
        if (renamed.equals(before)) {
            return renamed;
        }
        var sorted = withSortedImports(renamed);
        // The formatter leaves the lines of packages and imports as they are.
        return body(before).equals(body(renamed)) ? sorted : format(sorted);
    }

    static String format(String source) {
        try {
            return TYPE_ANNOTATION.matcher(FORMATTER.get().formatSource(source)).replaceAll("$1 ");
        } catch (FormatterException e) {
            throw new IllegalStateException(
                    "The formatter cannot read this source: " + e.getMessage() + "\n" + source, e);
        }
    }

    static String withSortedImports(String source) {
        var lines = source.split("\n", -1);
        for (var from = 0; from < lines.length; from++) {
            var to = from;
            while (to < lines.length && lines[to].startsWith("import ")) {
                to++;
            }
            if (to > from) {
                Arrays.sort(lines, from, to, Comparator.comparing(line -> line.replace(";", "")));
                from = to;
            }
        }
        return String.join("\n", lines);
    }

    static List<String> body(String source) {
        return source.lines()
                .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
                .collect(Collectors.toList());
    }
}
