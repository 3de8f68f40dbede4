package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    @TempDir
    Path home;

    private ServiceProcess process;

    @BeforeEach
    void prepare() {
        var settings = new Settings(Path.of("installation"), home, Map.of());
        process = new ServiceProcess(
                Service.all(settings).get(0), settings, new Log(home.resolve("aegis.log"), new Colours(false)));
    }

    @Test
    void aStartThatFailsIsExplainedWithTheLastLineThatIsNotInsideAStackTrace() {
        process.onLine("WARN Waiting for the database: Connection refused");
        process.onLine("    at dev.aegis.Example");
        process.onLine("");

        assertThat(process.failedStart("is not healthy after 3 minutes"))
                .hasMessageStartingWith("The api is not healthy after 3 minutes. Last log line: "
                        + "WARN Waiting for the database: Connection refused Full log: `grep '^api' ");
    }

    @Test
    void controlSequencesOfATerminalAreRemoved() {
        process.onLine("\u001B[2KDATABASE_URL is \u001B[31minvalid\u001B[0m");

        assertThat(process.failedStart("ended"))
                .hasMessageContaining("Last log line: DATABASE_URL is invalid Full log");
        assertThat(home.resolve("aegis.log")).hasContent("api       | DATABASE_URL is invalid");
    }
}
