package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feature of {@code docs/first-feature.md}, built and tested in a copy of the project as the page says. */
class FirstFeatureTest {
    private static final Pattern FILE = Pattern.compile("(?ms)^`([^`]+)`\\n\\n```\\w+\\n(.*?)^```$");

    @TempDir
    Path temporary;

    @Test
    void itTakesElevenFilesAndNoneOfTheFrame() throws IOException {
        assertThat(files()).hasSize(11).allSatisfy((file, content) -> assertThat(Commands.services())
                .anyMatch(service -> file.startsWith(service + "/") || file.startsWith("shared-model/")));
    }

    @Test
    @Tag("long")
    void itIsCompiledAndItsTestsAndThoseOfTheProjectPass() throws IOException {
        var project = temporary.resolve("project");
        Commands.copyProject(project);
        for (var file : files().entrySet()) {
            var path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        Commands.run(
                project,
                Map.of("ONLY", "*Sword*,SchemaContentTest,OpenApiTest,EveryPostIsIdempotentTest"),
                "",
                ".make/local",
                "test");

        assertThat(files().keySet().stream().filter(file -> file.endsWith("Test.java")))
                .hasSize(3)
                .allSatisfy(test -> assertThat(project.resolve(
                                test.replaceFirst("/src/test/java/.*", "") + "/target/surefire-reports"))
                        .isDirectoryContaining("glob:**"
                                + Path.of(test).getFileName().toString().replace(".java", ".txt")));
    }

    private static Map<String, String> files() throws IOException {
        var files = new LinkedHashMap<String, String>();
        FILE.matcher(Files.readString(Commands.PROJECT.resolve("docs/first-feature.md")))
                .results()
                .forEach(file -> files.put(file.group(1), file.group(2)));
        return files;
    }
}
