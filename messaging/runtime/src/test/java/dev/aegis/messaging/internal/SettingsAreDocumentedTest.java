package dev.aegis.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.internal.settings.ConnectorSettings;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * The tables of settings in messaging/docs/reference.md are those that the code has. With {@code -Ddocs.write} they are
 * written anew: the table of channels as a whole, that of the connector but for the explanations, which are kept.
 */
class SettingsAreDocumentedTest {

    private static final String REWRITE =
            "mvn -pl messaging/runtime -am test -Dtest=SettingsAreDocumentedTest -Ddocs.write"
                    + " -Dsurefire.failIfNoSpecifiedTests=false";
    private static final Path DOCUMENT = Path.of("..", "docs", "reference.md");
    private static final String UNEXPLAINED = "TODO: explain";
    private static final Pattern DEFAULT = Pattern.compile("\\. Default: (.+)$");
    private static final Pattern EXPLAINED = Pattern.compile("^\\| `([a-z.-]+)` \\|.*\\| ([^|]+) \\|$");

    /** The framework's own, which is too important to be left out. */
    private static final String CONCURRENCY =
            "| `concurrency` | incoming | int | 1 | The framework's: how many copies of the channel there are, 1 to 1000. Each"
                    + " handles one message after the other |";

    private record Setting(String name, Class<?> type, String defaultValue) {}

    @Test
    void theTableOfChannelsIsThatOfTheCode() throws IOException {
        var rows = Stream.of(PostgresqlConnector.class.getAnnotationsByType(ConnectorAttribute.class))
                .map(SettingsAreDocumentedTest::rowOf);

        requireTable(
                "channel settings",
                "| setting | channels | type | default | |\n|---|---|---|---|---|",
                Stream.concat(rows, Stream.of(CONCURRENCY)));
    }

    @Test
    void theTableOfTheConnectorIsThatOfTheCode() throws Exception {
        var settings = settingsOfTheConnector();
        var explanations = explanations();

        assertThat(settings).hasSizeGreaterThan(4);
        requireTable(
                "connector settings",
                "| setting | type | default | |\n|---|---|---|---|",
                settings.stream()
                        .map(setting -> row(
                                setting.name(),
                                typeOf(setting.type()),
                                setting.defaultValue(),
                                explanations.getOrDefault(setting.name(), UNEXPLAINED))));
        assertThat(Files.readString(DOCUMENT)).doesNotContain(UNEXPLAINED);
    }

    private static void requireTable(String name, String head, Stream<String> rows) throws IOException {
        var page = Files.readString(DOCUMENT);
        var table = Pattern.compile("(<!-- " + name + ": [^\n]*-->\n).*?(<!-- end -->)", Pattern.DOTALL)
                .matcher(page);
        assertThat(table.find()).as("the table of %s in %s", name, DOCUMENT).isTrue();
        var expected = table.replaceFirst(
                "$1" + Matcher.quoteReplacement(head + "\n" + rows.collect(Collectors.joining("\n")) + "\n") + "$2");

        if (System.getProperty("docs.write") != null) {
            Files.writeString(DOCUMENT, expected);
        } else {
            assertThat(page)
                    .as("the settings in %s differ from those of the code. To write them anew: %s", DOCUMENT, REWRITE)
                    .isEqualTo(expected);
        }
    }

    private static String rowOf(ConnectorAttribute attribute) {
        var direction = attribute.direction().name().toLowerCase(Locale.ROOT);
        return row(
                attribute.name(),
                direction.contains("and") ? "both" : direction,
                attribute.type().replace("java.time.Duration", "duration"),
                defaultOf(attribute),
                DEFAULT.matcher(attribute.description()).replaceFirst(""));
    }

    private static String defaultOf(ConnectorAttribute attribute) {
        if (!attribute.defaultValue().equals(ConnectorAttribute.NO_VALUE)) {
            return attribute.defaultValue();
        }
        var told = DEFAULT.matcher(attribute.description());
        return told.find() ? told.group(1) : "none";
    }

    private static List<Setting> settingsOfTheConnector() {
        return Stream.of(ConnectorSettings.class.getDeclaredConstructors()[0].getParameters())
                .map(SettingsAreDocumentedTest::settingOf)
                .sorted(Comparator.comparing(Setting::name))
                .toList();
    }

    private static Setting settingOf(Parameter parameter) {
        var setting = parameter.getAnnotation(ConfigProperty.class);
        var unset = setting.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE);
        var type = parameter.getParameterizedType() instanceof ParameterizedType optional
                ? (Class<?>) optional.getActualTypeArguments()[0]
                : parameter.getType();
        return new Setting(
                setting.name().substring(ConnectorSettings.PREFIX.length()),
                type,
                unset ? "none" : setting.defaultValue());
    }

    private static String typeOf(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String row(String setting, String... cells) {
        return "| `" + setting + "` | " + String.join(" | ", cells) + " |";
    }

    /** The last cell of each row of the page, by setting. */
    private static Map<String, String> explanations() throws IOException {
        try (var lines = Files.lines(DOCUMENT)) {
            return lines.map(EXPLAINED::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.toMap(
                            row -> row.group(1), row -> row.group(2), (first, second) -> second, LinkedHashMap::new));
        }
    }
}
