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
        folder = temporary.resolve("my project");
        Commands.copy(folder, ".make/run", ".make/common");
        for (var mode : new String[] {"local", "compose"}) {
            Commands.program(
                    folder.resolve(".make").resolve(mode),
                    "[ $1 != running ] || exec test -f runs-%1$s\necho runs %1$s $1".formatted(mode));
        }
    }

    @Test
    void theFirstStartIsInContainersWhereAnEngineAnswers() throws IOException {
        assertThat(make("up", true)).contains("runs compose up");
        assertThat(make("up", false)).contains("runs local up").contains("No Docker engine");
    }

    @Test
    void localModeIsKeptWhenItHasDataEvenWithAnEngine() throws IOException {
        dataInLocalMode();

        assertThat(make("up", true))
                .contains("runs local up")
                .contains(".aegis/postgres")
                .contains("MODE=compose");
    }

    @Test
    void theModeThatIsNamedIsUsed() throws IOException {
        dataInLocalMode();

        assertThat(make("up", true, Map.of("MODE", "compose"))).contains("runs compose up");
    }

    @Test
    void containersAreKeptWhenTheyWereStartedLast() throws IOException {
        dataInLocalMode();
        Files.writeString(folder.resolve(".aegis/mode"), "compose\n");

        assertThat(make("up", true)).contains("runs compose up").contains(".aegis/postgres");
        assertThat(make("status", true)).contains("runs compose status");
    }

    @Test
    void theModeIsChosenAgainAfterTheLocalDataWasDropped() throws IOException {
        Files.createDirectories(folder.resolve(".aegis"));
        Files.writeString(folder.resolve(".aegis/mode"), "local\n");

        assertThat(make("up", true)).contains("runs compose up");
    }

    @Test
    void aRunningSystemIsFoundWhicheverModeWasStartedLast() throws IOException {
        dataInLocalMode();
        runs("compose");

        for (var command : new String[] {"status", "stop", "logs", "psql"}) {
            assertThat(make(command, true)).isEqualTo("runs compose " + command + "\n");
        }

        Files.delete(folder.resolve("runs-compose"));
        Files.writeString(folder.resolve(".aegis/mode"), "compose\n");
        runs("local");

        assertThat(make("status", true)).isEqualTo("runs local status\n");
        assertThat(make("stop", false)).isEqualTo("runs local stop\n");
    }

    @Test
    void aSystemThatRunsInBothModesIsShownAndStoppedInBoth() throws IOException {
        dataInLocalMode();
        runs("local");
        runs("compose");

        assertThat(make("status", true)).contains("runs local status").contains("runs compose status");
        assertThat(make("stop", true)).contains("runs local stop").contains("runs compose stop");
        assertThat(make("psql", true)).isEqualTo("runs local psql\n");
        assertThat(make("stop", true, Map.of("MODE", "compose"))).isEqualTo("runs compose stop\n");
    }

    @Test
    void resetDropsTheDataOfTheModeThatWasStartedLast() throws IOException {
        dataInLocalMode();
        runs("compose");

        assertThat(make("reset", true)).isEqualTo("runs local reset\n");
    }

    @Test
    void aMisspelledSettingInDotEnvIsReported() throws IOException {
        Files.copy(Commands.PROJECT.resolve(".env.example"), folder.resolve(".env.example"));
        Files.writeString(
                folder.resolve(".env"),
                "\uFEFFAPI_PROT=8081\r\nexport SCHEDULER_POTR = 1\n#WORKER_PROT=1\nWORKER_PORT=8280\napi_port=1\n");

        assertThat(make("up", true).lines().filter(line -> line.startsWith(".env")))
                .containsExactly(
                        ".env sets API_PROT, which no part of Aegis reads: perhaps API_PORT is meant?",
                        ".env sets SCHEDULER_POTR, which no part of Aegis reads: perhaps SCHEDULER_PORT is meant?",
                        ".env sets api_port, which no part of Aegis reads: perhaps API_PORT is meant?");
    }

    @Test
    void settingsOfOtherProgramsAreNotReported() throws IOException {
        Files.copy(Commands.PROJECT.resolve(".env.example"), folder.resolve(".env.example"));
        Files.writeString(
                folder.resolve(".env"),
                "QUARKUS_LOG_CONSOLE_LEVEL=INFO\nMP_MESSAGING_INCOMING_REPORTS_CONCURRENCY=2\nOTEL_SERVICE_NAME=a\n"
                        + "COMPOSE_PROJECT_NAME=b\nPGPORT=5433\nDATABASE_URL=a=b\n");

        assertThat(make("up", true)).endsWith("runs compose up\n").doesNotContain("perhaps");
    }

    private void runs(String mode) throws IOException {
        Files.createFile(folder.resolve("runs-" + mode));
    }

    private void dataInLocalMode() throws IOException {
        Files.createDirectories(folder.resolve(".aegis/postgres"));
        Files.writeString(folder.resolve(".aegis/mode"), "local\n");
    }

    private String make(String command, boolean engine) throws IOException {
        return make(command, engine, Map.of());
    }

    private String make(String command, boolean engine, Map<String, String> environment) throws IOException {
        Commands.program(folder.resolve("bin/docker"), "exit " + (engine ? 0 : 1));
        var all = new HashMap<>(environment);
        all.putIfAbsent("MODE", "");
        all.put("PATH", Commands.pathWith(folder.resolve("bin")));
        return Commands.run(folder, all, "", ".make/run", command);
    }
}
