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
        folder = temporary.resolve("my project");
        Commands.copy(folder, ".make/local", ".make/common");
        for (var file : List.of("api/src/test/java/a/ShieldTest", "platform/testing/src/test/java/b/SchemaTest")) {
            var source = folder.resolve(file + ".java");
            Files.createDirectories(source.getParent());
            Files.createFile(source);
        }
        Commands.program(folder.resolve("bin/mvn"), "echo \"mvn $*\"");
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
    void anUnknownTestIsRejected() {
        assertThatThrownBy(() -> test("ShieldTset")).hasMessageContaining("ONLY=ShieldTset names no test");
    }

    private String test(String only) {
        var environment = Map.of("ONLY", only, "PATH", Commands.pathWith(folder.resolve("bin")));
        return Commands.run(folder, environment, "", ".make/local", "test");
    }
}
