package dev.aegis.messaging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.PostgresqlMessaging;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The settings that docs/messaging.md tells of are those of the connector, with their types and defaults. */
class SettingsAreDocumentedTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "messaging.md");
    private static final String OF_THE_CONNECTOR = "mp.messaging.connector." + PostgresqlMessaging.CONNECTOR + ".";
    private static final Pattern DEFAULT = Pattern.compile("Default: (.+)$");
    private static final Pattern SETTING =
            Pattern.compile("^\\| `([a-z.-]+)` \\| (both|incoming|outgoing) \\|", Pattern.MULTILINE);

    @Test
    void eachSettingOfAChannelHasARow() throws IOException {
        assertThat(missing(Stream.of(attributes()).map(SettingsAreDocumentedTest::rowOf)))
                .as("rows to add to the table of channels in docs/messaging.md, or to correct there")
                .isEmpty();
    }

    @Test
    void eachSettingOfTheConnectorHasARow() throws Exception {
        var settings = settingsOfTheConnector();

        assertThat(settings).hasSizeGreaterThan(4);
        assertThat(missing(settings.stream()))
                .as("rows to add to the table of the connector in docs/messaging.md, or to correct there")
                .isEmpty();
    }

    @Test
    void eachRowOfAChannelIsASetting() throws IOException {
        var settings = Stream.of(attributes()).map(ConnectorAttribute::name);
        // The framework's own, which is too important not to be told of.
        var known = Stream.concat(settings, Stream.of("concurrency")).toList();

        assertThat(SETTING.matcher(Files.readString(DOCUMENT)).results().map(row -> row.group(1)))
                .as("what docs/messaging.md tells of though there is no such setting")
                .isSubsetOf(known);
    }

    private static List<String> missing(Stream<String> expected) throws IOException {
        var rows = rows();
        return expected.filter(row -> !rows.contains(row))
                .map(row -> row + " what it does |")
                .toList();
    }

    private static ConnectorAttribute[] attributes() {
        return PostgresqlConnector.class.getAnnotationsByType(ConnectorAttribute.class);
    }

    private static String rowOf(ConnectorAttribute attribute) {
        var direction = attribute.direction().name().toLowerCase(Locale.ROOT);
        return row(
                attribute.name(),
                direction.contains("and") ? "both" : direction,
                attribute.type().replace("java.time.Duration", "duration"),
                defaultOf(attribute));
    }

    private static String defaultOf(ConnectorAttribute attribute) {
        if (!attribute.defaultValue().equals(ConnectorAttribute.NO_VALUE)) {
            return attribute.defaultValue();
        }
        var told = DEFAULT.matcher(attribute.description());
        return told.find() ? told.group(1) : "none";
    }

    private static List<String> settingsOfTheConnector() throws Exception {
        try (var files = Files.walk(CLASSES)) {
            return files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".class") && !file.contains("-info"))
                    .map(file -> load(file.replace(".class", "").replace('/', '.')))
                    .flatMap(type -> Stream.of(type.getDeclaredConstructors()))
                    .flatMap(constructor -> Stream.of(constructor.getParameters()))
                    .filter(parameter -> parameter.isAnnotationPresent(ConfigProperty.class))
                    .filter(parameter -> settingOf(parameter).name().startsWith(OF_THE_CONNECTOR))
                    .map(SettingsAreDocumentedTest::rowOf)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, SettingsAreDocumentedTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConfigProperty settingOf(Parameter parameter) {
        return parameter.getAnnotation(ConfigProperty.class);
    }

    private static String rowOf(Parameter parameter) {
        var setting = settingOf(parameter);
        var type = parameter.getParameterizedType().getTypeName().contains("Duration")
                ? "duration"
                : parameter.getType().getSimpleName().toLowerCase(Locale.ROOT);
        var unset = setting.defaultValue().equals(ConfigProperty.UNCONFIGURED_VALUE);
        return row(setting.name().substring(OF_THE_CONNECTOR.length()), type, unset ? "none" : setting.defaultValue());
    }

    private static String row(String setting, String... cells) {
        return "| `" + setting + "` | " + String.join(" | ", cells) + " |";
    }

    /** The rows of all tables, without their last cell, which explains, and without marks around a default. */
    private static List<String> rows() throws IOException {
        try (var lines = Files.lines(DOCUMENT)) {
            return lines.map(Pattern.compile("^(\\| `[a-z.-]+` \\|.*\\|)[^|]*\\|$")::matcher)
                    .filter(Matcher::matches)
                    .map(row -> row.group(1).replaceAll("\\| `([^`]+)` \\|$", "| $1 |"))
                    .toList();
        }
    }
}
