package dev.aegis.platform.problem;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rejects what is too long before anything reads it, with a problem. Vert.x itself rejects two things before any route, and so
 * without a problem: what exceeds its own limits, which are higher, with 414 or 431, and a malformed URI, such as {@code
 * ?x=%zz}, with 400.
 */
@ApplicationScoped
class RequestLimits {
    private static final int MAX_URI = 4096;
    private static final int MAX_HEADERS = 20 * 1024;

    private final BodyLimits bodies;
    private final AtomicLong held = new AtomicLong();

    RequestLimits(BodyLimits bodies) {
        this.bodies = bodies;
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::check);
    }

    private void check(RoutingContext context) {
        if (hasBody(context.request())) {
            var body = new RequestBody(context, bodies, held);
            checkHead(context, body::collect);
        } else {
            checkHead(context, context::next);
        }
    }

    private static void checkHead(RoutingContext context, Runnable next) {
        if (context.request().uri().length() > MAX_URI) {
            context.fail(414);
        } else if (length(context.request().headers()) > MAX_HEADERS) {
            context.fail(431);
        } else {
            next.run();
        }
    }

    /** In HTTP/1 a header says so (RFC 9112, section 6). */
    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static int length(MultiMap headers) {
        int length = 0;
        for (var header : headers) {
            length += header.getKey().length() + header.getValue().length();
        }
        return length;
    }
}
