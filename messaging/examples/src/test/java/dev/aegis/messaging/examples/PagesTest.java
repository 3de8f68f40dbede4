package dev.aegis.messaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code in the pages of the connector is from the examples, so it is compiled and tested. */
class PagesTest {

    private static final Path MESSAGING = Path.of("..");
    private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PROPERTIES =
            Pattern.compile("^```properties\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PROFILE = Pattern.compile("^%[a-z]+\\.");

    @Test
    void eachBlockOfJavaIsInAnExample() throws IOException {
        var sources = filesBelow(Path.of("src", "main", "java"), ".java").stream()
                .map(PagesTest::read)
                .map(PagesTest::normalised)
                .toList();
        var blocks = blocks(JAVA);

        assertThat(blocks).hasSizeGreaterThan(10);
        assertThat(blocks).as("blocks of Java in the pages that no example has").allMatch(block -> sources.stream()
                .anyMatch(source -> source.contains(normalised(block))));
    }

    @Test
    void eachSettingIsOneOfTheExamples() throws IOException {
        // Moving to another broker is tested with the worker.
        var settings = Stream.of(
                        Path.of("src", "main", "resources", "application.properties"),
                        Path.of("..", "..", "worker", "src", "test", "resources", "amqp.properties"))
                .flatMap(file -> read(file).lines())
                .map(line -> PROFILE.matcher(line).replaceFirst(""))
                .toList();

        assertThat(blocks(PROPERTIES).stream().flatMap(String::lines).filter(line -> line.contains("=")))
                .as("settings in the pages that no example has")
                .isSubsetOf(settings);
    }

    private static List<String> blocks(Pattern kind) throws IOException {
        return Stream.concat(
                        Stream.of(MESSAGING.resolve("README.md")),
                        filesBelow(MESSAGING.resolve("docs"), ".md").stream())
                .flatMap(page -> kind.matcher(read(page)).results())
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    private static List<Path> filesBelow(Path folder, String suffix) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normalised(String code) {
        return code.replaceAll("\\s+", "");
    }
}
