package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Compose makes of the compose file. */
@Tag("compose")
class ComposeFileTest {
    @TempDir
    Path folder;

    @Test
    void aSettingOfDotEnvReachesAllServicesThoughNoFileOfTheFrameNamesIt() {
        var dotEnv = folder.resolve(".env");
        Commands.writeDotEnv(dotEnv, Map.of("AEGIS_SCHEDULE_SHARPEN_SWORDS_CRON", "off"));

        assertThat(config(dotEnv).lines())
                .filteredOn(line -> line.strip().equals("AEGIS_SCHEDULE_SHARPEN_SWORDS_CRON: \"off\""))
                .hasSameSizeAs(Commands.services());
    }

    @Test
    void noSettingIsNeeded() {
        assertThat(config(Path.of("/dev/null")))
                .contains("DATABASE_URL: postgresql://aegis:aegis@postgres:5432/aegis_db");
    }

    private static String config(Path dotEnv) {
        var environment = Map.of("COMPOSE_ENV_FILES", dotEnv.toString(), "DATABASE_URL", "");
        return Commands.run(Commands.PROJECT, environment, "", "docker", "compose", "config");
    }
}
