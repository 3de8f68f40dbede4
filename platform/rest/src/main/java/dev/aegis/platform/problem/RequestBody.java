package dev.aegis.platform.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The body of one request of HTTP/1. It is read as it comes, on the event loop, so that a slow one holds no thread; whoever
 * wants it then has it at once. What is refused is read too, after the answer, so that the client comes to the answer and can
 * use the connection again.
 */
final class RequestBody {
    private final RoutingContext context;
    private final HttpServerRequest request;
    private final BodyLimits limits;
    private final AtomicLong heldByAll;
    private final AtomicLong held = new AtomicLong();
    private final Buffer body = Buffer.buffer();
    // The request does not know it for sure: one that was paused after its end says that it has not ended.
    private volatile boolean complete;

    RequestBody(RoutingContext context, BodyLimits limits, AtomicLong heldByAll) {
        this.context = context;
        this.request = context.request();
        this.limits = limits;
        this.heldByAll = heldByAll;
        var loop = context.vertx().getOrCreateContext();
        context.addEndHandler(answered -> {
            release();
            // A request whose client is gone is left to whoever reads it.
            if (answered.succeeded() && !complete) {
                loop.runOnContext(now -> finish());
            }
        });
    }

    /** Hands the request on when the body is complete. */
    void collect() {
        if (request.isEnded()) {
            complete = true;
            context.next();
            return;
        }
        var vertx = context.vertx();
        var timer = vertx.setTimer(limits.maxTime().toMillis(), late -> {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refuse(RefusedBodyException.tooSlow(limits.maxTime()));
        });
        context.addEndHandler(answered -> vertx.cancelTimer(timer));
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
        if (body.length() + part.length() > limits.maxLength()) {
            refuse(RefusedBodyException.tooLong(limits.maxLength()));
            return;
        }
        body.appendBuffer(part);
        held.addAndGet(part.length());
        if (heldByAll.addAndGet(part.length()) > limits.maxHeld()) {
            refuse(RefusedBodyException.tooMany());
        }
    }

    /** Whether the client wants to know that its head is fine before it sends its body. */
    private boolean isExpectingContinue() {
        return request.version() != HttpVersion.HTTP_1_0
                && HttpHeaders.CONTINUE.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    void refuse(RefusedBodyException reason) {
        request.pause().handler(null).endHandler(null);
        context.fail(reason.status(), reason);
    }

    private void release() {
        heldByAll.addAndGet(-held.getAndSet(0));
    }

    /** Reads what nobody read; ends the connection of a client that goes on and on, or stalls. */
    private void finish() {
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
                limits.maxTime().toMillis(), late -> request.connection().close());
        request.endHandler(end -> vertx.cancelTimer(timer));
        request.exceptionHandler(gone -> vertx.cancelTimer(timer));
        request.handler(part -> {
            if (drained.addAndGet(part.length()) > limits.maxLength()) {
                vertx.cancelTimer(timer);
                request.connection().close();
            }
        });
        request.resume();
    }
}
