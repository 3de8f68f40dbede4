package dev.aegis.platform.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Bounds the number of time series, whatever clients send: a path counts under the template of its resource, else as {@code
 * UNKNOWN}; an unknown HTTP method counts as {@code OTHER}.
 */
@Singleton
class HttpMetrics implements MeterFilter {
    private static final String METERS = "http.server";

    /** What Quarkus puts in place of a path. */
    private static final Set<String> NO_PATHS =
            Set.of("root", "NOT_FOUND", "REDIRECTION", "UNKNOWN", "/cors-preflight");

    /** Looked up late, since the registry gets its filters before the beans of the application exist. */
    private final Instance<Endpoints> endpoints;

    HttpMetrics(Instance<Endpoints> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith(METERS)
                ? id.replaceTags(id.getTags().stream().map(this::bounded).toList())
                : id;
    }

    private Tag bounded(Tag tag) {
        return switch (tag.getKey()) {
            case "method" -> HttpMethods.isKnown(tag.getValue()) ? tag : Tag.of("method", "OTHER");
            case "uri" -> Tag.of("uri", uri(tag.getValue()));
            default -> tag;
        };
    }

    private String uri(String value) {
        var known = endpoints.get();
        return NO_PATHS.contains(value) || known.isTemplate(value)
                ? value
                : known.templateOf(value).orElse("UNKNOWN");
    }
}
