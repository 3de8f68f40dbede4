package dev.aegis.platform.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses what is too long before anything reads it, with a problem. Two things are answered before a route is asked, and so
 * without a body: what is longer than the limits of Vert.x, which are above these, with 414 or 431, and what is no URI, such
 * as {@code ?x=%zz}, with 400.
 */
@ApplicationScoped
class RequestLimits {
    private static final int MAX_URI = 4096;
    private static final int MAX_HEADERS = 20 * 1024;

    private final BodyLimits bodies;
    private final AtomicLong held = new AtomicLong();

    RequestLimits(
            @ConfigProperty(name = "aegis.api.max-body-size") MemorySize maxBody,
            @ConfigProperty(name = "aegis.api.max-body-time") Duration maxBodyTime,
            @ConfigProperty(name = "aegis.api.max-bodies-size") MemorySize maxBodies) {
        this.bodies = new BodyLimits(maxBody.asLongValue(), maxBodyTime, maxBodies.asLongValue());
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::check);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        var body = new RequestBody(context, bodies, held);
        if (request.uri().length() > MAX_URI) {
            context.fail(414);
        } else if (headersLength(request) > MAX_HEADERS) {
            context.fail(431);
        } else if (declaredLength(request) > bodies.maxLength()) {
            body.refuse(RefusedBodyException.tooLong(bodies.maxLength()));
        } else {
            body.collect();
        }
    }

    private static int headersLength(HttpServerRequest request) {
        int length = 0;
        for (var header : request.headers()) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }

    private static long declaredLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // more than a long can hold, or Vert.x would have refused it
        }
    }
}
