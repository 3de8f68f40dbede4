package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
        assumeFalse(
                Files.exists(Commands.PROJECT.resolve("shared-model/src/main/java/dev/aegis/model/sword")),
                "the project has swords of its own");
        var project = temporary.resolve("project");
        Commands.copyProject(project);
        for (var file : files().entrySet()) {
            var path = project.resolve(numbered(file.getKey()));
            Files.createDirectories(path.getParent());
            Files.writeString(
                    path,
                    file.getValue(),
                    StandardOpenOption.CREATE,
                    file.getKey().endsWith(".properties") ? StandardOpenOption.APPEND : StandardOpenOption.CREATE_NEW);
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

    /** With the next number if it is a migration, since the project may have more of them than the page knows. */
    private static String numbered(String file) throws IOException {
        if (!file.endsWith(".sql")) {
            return file;
        }
        var folder = Path.of(file).getParent();
        try (var migrations = Files.list(Commands.PROJECT.resolve(folder))) {
            var next = migrations
                            .mapToInt(migration -> Integer.parseInt(
                                    migration.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1")))
                            .max()
                            .orElse(0)
                    + 1;
            return file.replaceFirst("/V\\d+__", "/V" + next + "__");
        }
    }

    private static Map<String, String> files() throws IOException {
        var files = new LinkedHashMap<String, String>();
        FILE.matcher(Files.readString(Commands.PROJECT.resolve("docs/first-feature.md")))
                .results()
                .forEach(file -> files.put(file.group(1), file.group(2)));
        return files;
    }
}
