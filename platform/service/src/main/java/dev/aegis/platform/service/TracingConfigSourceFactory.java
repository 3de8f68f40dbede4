package dev.aegis.platform.service;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Exports traces to {@code OTEL_EXPORTER_OTLP_ENDPOINT}. Where that is unset or empty, no span is recorded, but requests and
 * messages still have the ids that the log shows.
 */
public final class TracingConfigSourceFactory implements ConfigSourceFactory {
    private static final String SETTING = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /** Without an endpoint Quarkus would look for a collector on this machine; a blank one disables the export. */
    private static final String NOWHERE = " ";

    /** Above application.properties, below the environment. */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var endpoint = Optional.ofNullable(context.getValue(SETTING).getValue()).filter(value -> !value.isBlank());
        var settings = Map.of(
                "quarkus.otel.exporter.otlp.endpoint",
                endpoint.orElse(NOWHERE),
                "quarkus.otel.traces.sampler.arg",
                endpoint.isPresent() ? "1.0" : "0.0");
        return List.of(new PropertiesConfigSource(settings, SETTING, ORDINAL));
    }
}
