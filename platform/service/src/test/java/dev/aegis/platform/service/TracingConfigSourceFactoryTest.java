package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingConfigSourceFactoryTest {

    @Test
    void tracesGoWhereTheSettingSays() {
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")))
                .isEqualTo("http://collector:4317");
    }

    @Test
    void tracesGoNowhereWithoutIt() {
        assertThat(endpoint(Map.of())).isBlank();
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", ""))).isBlank();
    }

    private static String endpoint(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 300))
                .withSources(new TracingConfigSourceFactory())
                .build()
                .getConfigValue("quarkus.otel.exporter.otlp.endpoint")
                .getValue();
    }
}
