package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreflightTest {

    @Test
    void twoServicesOnOnePortAreRejectedWithTheNamesOfBothSettings() {
        assertThatThrownBy(() -> Preflight.distinctPorts(settings(Map.of("API_PORT", "8180"))))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("API_PORT and SCHEDULER_PORT are both 8180");
    }

    @Test
    void theFirstPortOfARangeCounts() {
        var ports = Map.of("SCHEDULER_PORT", "8280-8290", "WORKER_PORT", "8280-8299");

        assertThatThrownBy(() -> Preflight.distinctPorts(settings(ports)))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("SCHEDULER_PORT and WORKER_PORT are both 8280");
    }

    @Test
    void theEmbeddedDatabaseNeedsItsOwnPort() {
        assertThatThrownBy(() -> Preflight.distinctPorts(settings(Map.of("POSTGRES_PORT", "8080"))))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("API_PORT and POSTGRES_PORT are both 8080");
    }

    @Test
    void thePortOfAnExternalDatabaseIsNotChecked() {
        var elsewhere =
                Map.of("DATABASE_URL", "postgresql://aegis:aegis@db.example.org/aegis_db", "POSTGRES_PORT", "8080");

        assertThatCode(() -> Preflight.distinctPorts(settings(elsewhere))).doesNotThrowAnyException();
        assertThatCode(() -> Preflight.distinctPorts(settings(Map.of()))).doesNotThrowAnyException();
    }

    private static Settings settings(Map<String, String> values) {
        return new Settings(Path.of("installation"), Path.of("home"), values);
    }
}
