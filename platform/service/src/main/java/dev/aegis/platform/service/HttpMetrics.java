package dev.aegis.platform.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Bounds the series that requests make, whatever a client puts into them: a path counts under the template of the resource
 * that is there, else as {@code UNKNOWN}; a method that HTTP does not have counts as {@code OTHER}.
 */
@Singleton
class HttpMetrics implements MeterFilter {
    private static final String METERS = "http.server";

    /** What Quarkus puts in the place of a path. */
    private static final Set<String> NO_PATHS =
            Set.of("root", "NOT_FOUND", "REDIRECTION", "UNKNOWN", "/cors-preflight");

    /** Asked for late: the registry, which wants its filters, is there before the beans of the application. */
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
