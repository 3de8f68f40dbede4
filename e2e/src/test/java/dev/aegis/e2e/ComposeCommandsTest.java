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

/** What the commands of make ask of Docker, and what they say when it fails. */
class ComposeCommandsTest {
    private static final String CONTAINERS_OF_AN_EARLIER_START =
            "'compose ps -aq '*) echo 0123456789ab ;; 'compose ps --format '*) ;;";

    private static final String RESOURCES = "local/src/main/resources/dev/aegis/local/";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = temporary.resolve("my project");
        Commands.copy(folder, ".make/compose", ".make/common", RESOURCES + "services", RESOURCES + "ready.txt");
        docker("");
    }

    @Test
    void withoutScaleDockerChoosesTheNumberOfReplicas() throws IOException {
        assertThat(up("")).contains("http://127.0.0.1:8080");

        assertThat(asked()).contains("compose up -d --wait --wait-timeout 180");
    }

    @Test
    void dockerIsAskedForAllTheReplicasThatAreNamed() throws IOException {
        assertThat(up("worker=4 scheduler=2")).contains("http://127.0.0.1:8080");

        assertThat(asked()).contains("compose up -d --wait --wait-timeout 180 --scale worker=4 --scale scheduler=2");
    }

    @Test
    void moreReplicasThanPortsAreRefusedWithTheSettingThatHelps() throws IOException {
        assertThatThrownBy(() -> up("worker=21"))
                .hasMessageContaining("WORKER_PORT=8280-8299 allows 20 worker, but SCALE asks for 21")
                .hasMessageContaining("WORKER_PORT=8280-8300");
        assertThat(asked()).noneMatch(arguments -> arguments.startsWith("compose up"));
    }

    @Test
    void aFailedBuildDoesNotBlameContainersOfAnEarlierStart() throws IOException {
        docker(CONTAINERS_OF_AN_EARLIER_START + " *' build') echo 'ERROR: cannot find symbol'; exit 1 ;;");

        assertThatThrownBy(() -> up(""))
                .hasMessageContaining("cannot find symbol")
                .hasMessageContaining("Docker could not build the system")
                .hasMessageNotContaining("not healthy");
    }

    @Test
    void aFailedStartNamesTheServiceThatIsNotHealthy() throws IOException {
        docker(CONTAINERS_OF_AN_EARLIER_START
                + " 'compose logs '*) printf '\\033[2Kno such table\\n"
                + "' ;; 'compose up '*) echo 'is unhealthy'; exit 1 ;;");

        assertThatThrownBy(() -> up(""))
                .hasMessageContaining("The postgres is not healthy. Last log line: no such table Full log");
    }

    @Test
    void aStartThatFailsIsUndoneAndLeavesTheModeAsItWas() throws IOException {
        Files.createDirectory(folder.resolve(".aegis"));
        Files.writeString(folder.resolve(".aegis/mode"), "local\n");
        docker("'compose up '*) echo 'port is already allocated'; exit 1 ;;");

        assertThatThrownBy(() -> up("")).hasMessageContaining("is taken by");

        assertThat(asked()).last().isEqualTo("compose --progress quiet stop");
        assertThat(folder.resolve(".aegis/mode")).hasContent("local");
    }

    @Test
    void aStartThatSucceedsIsRecordedAndRuns() throws IOException {
        up("");

        assertThat(asked()).noneMatch(arguments -> arguments.endsWith(" stop"));
        assertThat(folder.resolve(".aegis/mode")).hasContent("compose");
    }

    @Test
    void aStartThatIsRefusedStopsNothing() throws IOException {
        docker("'compose ps -q '*) echo 0123456789ab ;;");

        assertThatThrownBy(() -> up("")).hasMessageContaining("is already running");

        assertThat(asked()).noneMatch(arguments -> arguments.endsWith(" stop"));
    }

    @Test
    void containersCountAsRunningWhereTheyWereStartedInThisFolder() throws IOException {
        docker("'ps -q --filter label=com.docker.compose.project.working_dir='*'/my project') echo 0123456789ab ;;");

        make("", "", "running");

        docker("'ps '*) ;;");
        assertThatThrownBy(() -> make("", "", "running")).isInstanceOf(AssertionError.class);
    }

    @Test
    void allOfStandardInputReachesPsql() throws IOException {
        docker("'compose ps -q --status running postgres') echo 0123456789ab ;;"
                + " 'compose exec -T postgres sh '*) cat ;; *'exec -T api '*) cat >/dev/null; echo ;;");

        assertThat(make("", "SELECT 1;\nSELECT 2;\n", "psql")).contains("SELECT 1; SELECT 2;");
    }

    @Test
    void aRunningSystemIsScaledAsItRuns() throws IOException {
        docker("'compose ps -q --status running api') echo 0123456789ab ;;");

        assertThat(up("worker=4")).contains("http://127.0.0.1:8080");

        assertThat(asked())
                .contains("compose up -d --wait --wait-timeout 180 --no-recreate --scale worker=4")
                .noneMatch(arguments -> arguments.endsWith(" build") || arguments.endsWith(" stop"));
    }

    @Test
    void aRunningSystemThatCannotBeScaledRunsOn() throws IOException {
        docker("'compose ps -q --status running api') echo 0123456789ab ;; 'compose up '*) exit 1 ;;");

        assertThatThrownBy(() -> up("worker=4")).hasMessageContaining("Docker could not scale the system");

        assertThat(asked()).noneMatch(arguments -> arguments.endsWith(" stop"));
    }

    @Test
    void psqlSaysWhenNothingRuns() throws IOException {
        assertThatThrownBy(() -> make("", "", "psql"))
                .hasMessageContaining("Nothing is running: make up starts everything.");

        assertThat(asked()).noneMatch(arguments -> arguments.startsWith("compose exec"));
    }

    private String up(String scale) {
        return make(scale, "", "up");
    }

    private String make(String scale, String input, String command) {
        var environment = Map.of("SCALE", scale, "PATH", Commands.pathWith(folder.resolve("bin")), "MODE", "compose");
        return Commands.run(folder, environment, input, ".make/compose", command)
                .replaceAll("\\s+", " ");
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }

    /** A program in place of docker that writes down what it is asked, with further cases of a shell's {@code case}. */
    private void docker(String cases) throws IOException {
        Commands.program(folder.resolve("bin/docker"), """
                echo "$*" >>'%s'
                case "$*" in
                  %s
                  'compose port '*) echo 127.0.0.1:8080 ;;
                  'compose exec '*) echo postgresql://aegis:aegis@postgres:5432/aegis_db ;;
                  'compose config') printf '  scheduler:\\n    published: "8180-8199"\\n  worker:\\n    published: "8280-8299"\\n' ;;
                esac
                """.formatted(folder.resolve("asked"), cases));
    }
}
