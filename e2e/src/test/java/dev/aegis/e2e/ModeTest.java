package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which mode a command of make runs in, on a machine with a Docker engine and on one without. */
class ModeTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectories(temporary.resolve("my project"));
        Files.createDirectory(folder.resolve(".make"));
        for (var program : new String[] {"run", "common"}) {
            Files.copy(
                    Commands.PROJECT.resolve(".make").resolve(program),
                    folder.resolve(".make").resolve(program));
        }
        program(folder.resolve(".make/local"), "echo runs local $1");
        program(folder.resolve(".make/compose"), "echo runs compose $1");
        Files.createDirectory(folder.resolve("bin"));
    }

    @Test
    void theFirstStartIsInContainersWhereAnEngineAnswers() throws IOException {
        assertThat(make("up", true)).contains("runs compose up");
        assertThat(make("up", false)).contains("runs local up").contains("No Docker engine");
    }

    @Test
    void localDataAreStayedWithThoughAnEngineIsAtHandNow() throws IOException {
        dataInLocalMode();

        assertThat(make("up", true))
                .contains("runs local up")
                .contains(".aegis/postgres")
                .contains("MODE=compose");
    }

    @Test
    void theModeThatIsNamedIsTaken() throws IOException {
        dataInLocalMode();

        assertThat(make("up", true, Map.of("MODE", "compose"))).contains("runs compose up");
    }

    @Test
    void whoWentOnInContainersStaysThere() throws IOException {
        dataInLocalMode();
        Files.writeString(folder.resolve(".aegis/mode"), "compose\n");

        assertThat(make("up", true)).contains("runs compose up").contains(".aegis/postgres");
        assertThat(make("status", true)).contains("runs compose status");
    }

    @Test
    void whereTheLocalDataWereDroppedTheMachineDecides() throws IOException {
        Files.createDirectories(folder.resolve(".aegis"));
        Files.writeString(folder.resolve(".aegis/mode"), "local\n");

        assertThat(make("up", true)).contains("runs compose up");
    }

    private void dataInLocalMode() throws IOException {
        Files.createDirectories(folder.resolve(".aegis/postgres"));
        Files.writeString(folder.resolve(".aegis/mode"), "local\n");
    }

    private String make(String command, boolean engine) throws IOException {
        return make(command, engine, Map.of());
    }

    private String make(String command, boolean engine, Map<String, String> environment) throws IOException {
        program(folder.resolve("bin/docker"), "exit " + (engine ? 0 : 1));
        var all = new HashMap<>(environment);
        all.putIfAbsent("MODE", "");
        all.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        return Commands.run(folder, all, "", ".make/run", command);
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
