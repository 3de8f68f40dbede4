package dev.aegis.platform.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of an HTTP/1 request. It is collected on the event loop, so that a slow one blocks no thread, before the request
 * goes on. Drains an unread body after the response, so that the client can read the response and reuse the connection.
 */
final class RequestBody {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final BodyLimits limits;
    private final AtomicLong heldByAll;
    private final AtomicLong held = new AtomicLong();
    private final Buffer body = Buffer.buffer();
    // isEnded() does not tell: it is false for a request that was paused after its end.
    private volatile boolean complete;

    RequestBody(RoutingContext context, BodyLimits limits, AtomicLong heldByAll) {
        this.context = context;
        this.request = context.request();
        this.limits = limits;
        this.heldByAll = heldByAll;
        var loop = context.vertx().getOrCreateContext();
        context.addEndHandler(sent -> {
            release();
            // Without a client there is nothing to drain.
            if (sent.succeeded() && !complete) {
                loop.runOnContext(now -> drain());
            }
        });
    }

    /** Passes the request on when the body is complete. */
    void collect() {
        if (declaredLength() > limits.maxBodySize().asLongValue()) {
            reject(RejectedBodyException.tooLong(limits.maxBodySize()));
            return;
        }
        if (request.isEnded()) {
            complete = true;
            context.next();
            return;
        }
        var vertx = context.vertx();
        var timer = vertx.setTimer(limits.maxBodyTime().toMillis(), late -> {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            reject(RejectedBodyException.tooSlow(limits.maxBodyTime()));
        });
        context.addEndHandler(sent -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> {
            vertx.cancelTimer(timer);
            release();
        });
        request.endHandler(end -> {
            vertx.cancelTimer(timer);
            complete = true;
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        });
        request.handler(this::add);
        if (isExpectingContinue()) {
            context.response().writeContinue();
        }
    }

    private void add(Buffer part) {
        if (body.length() + part.length() > limits.maxBodySize().asLongValue()) {
            reject(RejectedBodyException.tooLong(limits.maxBodySize()));
            return;
        }
        body.appendBuffer(part);
        held.addAndGet(part.length());
        if (heldByAll.addAndGet(part.length()) > limits.maxBodiesSize().asLongValue()) {
            reject(RejectedBodyException.tooMany());
        }
    }

    /** Whether the client waits for a 100 before it sends its body. */
    private boolean isExpectingContinue() {
        return request.version() != HttpVersion.HTTP_1_0
                && HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    void reject(RejectedBodyException reason) {
        request.pause().handler(null).endHandler(null);
        context.fail(reason.status(), reason);
    }

    private long declaredLength() {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // more than a long can hold, else Vert.x would have rejected it
        }
    }

    private void release() {
        heldByAll.addAndGet(-held.getAndSet(0));
    }

    /** Closes the connection if the client stalls, or sends more than a body may have. */
    private void drain() {
        if (request.isEnded()) {
            return;
        }
        if (context.statusCode() == 408) {
            request.connection().close();
            return;
        }
        var vertx = context.vertx();
        var drained = new AtomicLong();
        var timer = vertx.setTimer(
                limits.maxBodyTime().toMillis(), late -> request.connection().close());
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(part -> {
            if (drained.addAndGet(part.length()) > limits.maxBodySize().asLongValue()) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
        request.resume();
    }
}
