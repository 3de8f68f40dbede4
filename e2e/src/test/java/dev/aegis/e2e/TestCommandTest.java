package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make test} asks of Maven. */
class TestCommandTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectories(temporary.resolve("my project"));
        Files.createDirectory(folder.resolve(".make"));
        for (var program : List.of("local", "common")) {
            Files.copy(
                    Commands.PROJECT.resolve(".make").resolve(program),
                    folder.resolve(".make").resolve(program));
        }
        for (var file : List.of("api/src/test/java/a/ShieldTest", "platform/testing/src/test/java/b/SchemaTest")) {
            var source = folder.resolve(file + ".java");
            Files.createDirectories(source.getParent());
            Files.createFile(source);
        }
        var maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho \"mvn $*\"\n");
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void allTestsAreRunUnlessSomeAreNamed() {
        assertThat(test("")).contains("verify").doesNotContain("-Dtest");
    }

    @Test
    void aTestThatIsNamedIsRunInItsModuleAlone() {
        assertThat(test("SchemaTest"))
                .contains("-pl platform/testing -am verify -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false");
        assertThat(test("ShieldTest#method")).contains("-pl api -am verify -Dtest=ShieldTest#method ");
    }

    @Test
    void patternsAndListsReachTheModulesOfAll() {
        assertThat(test("S*Test")).contains("-pl api,platform/testing ").contains("-Dtest=S*Test ");
        assertThat(test("ShieldTest,b.SchemaTest")).contains("-pl api,platform/testing ");
    }

    @Test
    void aNameOfNoTestIsRefused() {
        assertThatThrownBy(() -> test("ShieldTset")).hasMessageContaining("ONLY=ShieldTset names no test");
    }

    private String test(String only) {
        var environment = Map.of("ONLY", only, "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return Commands.run(folder, environment, "", ".make/local", "test");
    }
}
