package dev.aegis.api.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses what is too long before anything reads it, with a problem. Two things are answered before a route is asked, and so
 * without a body: what is longer than the limits of Vert.x, which are above these, with 414 or 431, and what is no URI, such
 * as {@code ?x=%zz}, with 400.
 */
@ApplicationScoped
class RequestLimits {
    private static final int TOO_SLOW = 408;
    private static final int LONGEST_URI = 4096;
    private static final int LONGEST_HEADERS = 20 * 1024;
    private static final long LONGEST_DRAIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final long longestBody;
    private final Duration longestBodyTime;
    private final long longestBodies;
    private final AtomicLong held = new AtomicLong();

    RequestLimits(
            @ConfigProperty(name = "aegis.api.max-body-size") MemorySize longestBody,
            @ConfigProperty(name = "aegis.api.max-body-time") Duration longestBodyTime,
            @ConfigProperty(name = "aegis.api.max-bodies-size") MemorySize longestBodies) {
        this.longestBody = longestBody.asLongValue();
        this.longestBodyTime = longestBodyTime;
        this.longestBodies = longestBodies.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::check).handler(this::collect);
    }

    private void check(RoutingContext context) {
        var request = context.request();
        var loop = context.vertx().getOrCreateContext();
        // A request whose client is gone is left to whoever reads it.
        context.addEndHandler(answered -> {
            if (answered.succeeded()) {
                loop.runOnContext(now -> {
                    if (context.statusCode() == TOO_SLOW) {
                        hangUp(request);
                    } else {
                        drain(request, loop.owner());
                    }
                });
            }
        });
        if (request.uri().length() > LONGEST_URI) {
            context.fail(414);
        } else if (headers(request) > LONGEST_HEADERS) {
            context.fail(431);
        } else if (declaredLength(request) > longestBody) {
            context.fail(413, new BodyTooLargeException(longestBody));
        } else {
            context.next();
        }
    }

    private static int headers(HttpServerRequest request) {
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

    /** Reads the body as it comes, so that a slow one holds no thread; whoever wants it then has it at once. */
    private void collect(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) {
            context.next();
            return;
        }
        var vertx = context.vertx();
        var body = Buffer.buffer();
        var timer = vertx.setTimer(longestBodyTime.toMillis(), late -> {
            if (request.version() != HttpVersion.HTTP_2) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
            giveUp(context, TOO_SLOW, new BodyTooSlowException(longestBodyTime));
        });
        var counted = new AtomicLong();
        request.exceptionHandler(gone -> {
            vertx.cancelTimer(timer);
            held.addAndGet(-counted.getAndSet(0));
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        });
        context.addEndHandler(answered -> held.addAndGet(-counted.getAndSet(0)));
        if (isAsking(request)) {
            context.response().writeContinue();
        }
        request.handler(part -> {
            if (body.length() + part.length() > longestBody) {
                vertx.cancelTimer(timer);
                giveUp(context, 413, new BodyTooLargeException(longestBody));
                return;
            }
            body.appendBuffer(part);
            counted.addAndGet(part.length());
            if (held.addAndGet(part.length()) > longestBodies) {
                vertx.cancelTimer(timer);
                giveUp(context, 503, new BodiesTooManyException());
            }
        });
    }

    /** Whether the client wants to know that its head is fine before it sends its body. */
    private static boolean isAsking(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    private static void giveUp(RoutingContext context, int status, Exception reason) {
        context.request().pause().handler(null).endHandler(null);
        context.fail(status, reason);
    }

    /**
     * Reads what nobody read, so that the client comes to the answer and can use the connection again; ends the connection
     * of one that goes on and on, or stalls.
     */
    private void drain(HttpServerRequest request, Vertx vertx) {
        if (request.isEnded()) {
            return;
        }
        var drained = new AtomicLong();
        var timer = vertx.setTimer(LONGEST_DRAIN_MILLIS, late -> hangUp(request));
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(buffer -> {
            if (drained.addAndGet(buffer.length()) > longestBody) {
                vertx.cancelTimer(timer);
                hangUp(request);
            }
        });
        request.resume();
    }

    private static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
