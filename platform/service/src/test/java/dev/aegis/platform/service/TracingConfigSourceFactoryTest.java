package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingConfigSourceFactoryTest {

    @Test
    void tracesAreExportedToTheEndpoint() {
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")))
                .isEqualTo("http://collector:4317");
        assertThat(sampled(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")))
                .isEqualTo("1.0");
    }

    @Test
    void withoutAnEndpointNoTraceIsExported() {
        assertThat(endpoint(Map.of())).isBlank();
        assertThat(endpoint(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", ""))).isBlank();
        assertThat(sampled(Map.of())).isEqualTo("0.0");
    }

    @Test
    void theShareOfSampledTracesCanBeSet() {
        assertThat(sampled(Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317",
                        "quarkus.otel.traces.sampler.arg", "0.1")))
                .isEqualTo("0.1");
    }

    private static String endpoint(Map<String, String> settings) {
        return value(settings, "quarkus.otel.exporter.otlp.endpoint");
    }

    private static String sampled(Map<String, String> settings) {
        return value(settings, "quarkus.otel.traces.sampler.arg");
    }

    private static String value(Map<String, String> settings, String name) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 300))
                .withSources(new TracingConfigSourceFactory())
                .build()
                .getConfigValue(name)
                .getValue();
    }
}
