package dev.aegis.platform.service;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Exports traces to {@code OTEL_EXPORTER_OTLP_ENDPOINT}, and nowhere where that is unset or empty. */
public final class TracingConfigSourceFactory implements ConfigSourceFactory {
    private static final String SETTING = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /** Without an endpoint Quarkus takes its default, and looks for a collector on this machine; a blank one stops it. */
    private static final String NOWHERE = " ";

    /** Above application.properties, below the environment. */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var endpoint = Optional.ofNullable(context.getValue(SETTING).getValue())
                .filter(value -> !value.isBlank())
                .orElse(NOWHERE);
        return List.of(
                new PropertiesConfigSource(Map.of("quarkus.otel.exporter.otlp.endpoint", endpoint), SETTING, ORDINAL));
    }
}
