package dev.aegis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More replicas than ports. */
@Tag("compose")
class ScaleTest {

    @Test
    void moreReplicasThanPortsAreRefusedBeforeAnythingIsMade() throws IOException, InterruptedException {
        var builder = new ProcessBuilder("make", "up")
                .directory(Commands.PROJECT.toFile())
                .redirectErrorStream(true);
        builder.environment().put("COMPOSE_PROJECT_NAME", "aegis-scale");
        builder.environment().put("COMPOSE_ENV_FILES", "/dev/null");
        builder.environment().put("MODE", "compose");
        builder.environment().put("SCALE", "worker=2");
        builder.environment().put("WORKER_PORT", "28380");
        var make = builder.start();

        var words = new String(make.getInputStream().readAllBytes(), UTF_8).replaceAll("\\s+", " ");

        assertThat(make.waitFor()).isNotZero();
        assertThat(words)
                .contains("WORKER_PORT=28380 allows 1 worker, but SCALE asks for 2")
                .contains("WORKER_PORT=28380-28381");
        assertThat(Commands.run(
                        Commands.PROJECT,
                        builder.environment(),
                        "",
                        "docker",
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "label=com.docker.compose.project=aegis-scale"))
                .isBlank();
    }
}
