package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say when they cannot do their work. */
class CommandsTest {
    @TempDir
    Path folder;

    private final PrintStream terminal = System.out;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(terminal);
    }

    @Test
    void aRejectedStartIsNotAnnounced() throws IOException {
        Files.writeString(folder.resolve(".env"), "API_PORT=http\n");

        assertThatThrownBy(() -> new Up(settings(Map.of())).run(folder))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("API_PORT=http");
        assertThat(said.toString(UTF_8)).isEmpty();
    }

    @Test
    void theUrlOfTheEmbeddedDatabaseNeedsARunningSystem() {
        assertThatThrownBy(() -> new Url(settings(Map.of())).run())
                .isInstanceOf(CliException.class)
                .hasMessage("Nothing is running: `make up` starts everything.");
    }

    @Test
    void theUrlOfAnExternalDatabaseNeedsNoRunningSystem() {
        var url = "postgresql://aegis:aegis@db.example.org:5432/aegis_db";

        new Url(settings(Map.of("DATABASE_URL", url))).run();

        assertThat(said.toString(UTF_8).strip()).isEqualTo(url);
    }

    private Settings settings(Map<String, String> values) {
        return new Settings(Path.of("installation"), folder.resolve(".aegis"), values);
    }
}
