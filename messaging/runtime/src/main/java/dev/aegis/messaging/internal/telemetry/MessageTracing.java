package dev.aegis.messaging.internal.telemetry;

import dev.aegis.messaging.internal.store.ClaimedMessage;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.smallrye.reactive.messaging.TracingMetadata;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Spans around the sending and the handling of messages, joined by the W3C trace context in the headers. Names and
 * attributes follow OpenTelemetry's semantic conventions for messaging.
 */
@Singleton
public class MessageTracing {

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
    private static final AttributeKey<String> EXCEPTION = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("messaging.batch.message_count");

    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private static final Handling NOT_TRACED =
            new Handling(Span.getInvalid(), TracingMetadata.with(Context.root(), Context.root()));

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    /** False where the application has no OpenTelemetry: then nothing is recorded or passed on. */
    private final boolean isTracing;

    MessageTracing(Instance<OpenTelemetry> configured) {
        telemetry = configured.isResolvable() ? configured.get() : GlobalOpenTelemetry.get();
        tracer = telemetry.getTracer("dev.aegis.messaging");
        isTracing = telemetry.getTracerProvider() != TracerProvider.noop()
                || !telemetry.getPropagators().getTextMapPropagator().fields().isEmpty();
    }

    /** Records that {@code message} is sent, and adds the trace context to its headers. */
    public void sending(Message<?> message, String queue, Map<String, String> headers) {
        if (!isTracing) {
            return;
        }
        var parent = TracingMetadata.fromMessage(message)
                .map(TracingMetadata::getCurrentContext)
                .orElseGet(Context::current);
        var span =
                span("send " + queue, SpanKind.PRODUCER, parent, queue, "send").startSpan();
        telemetry.getPropagators().getTextMapPropagator().inject(parent.with(span), headers, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        span.end();
    }

    /**
     * Begins the span of a handler: as a child of the span that sent its message, or, of a batch, linked to the spans that
     * sent its messages.
     */
    public Handling handling(List<ClaimedMessage> messages) {
        if (!isTracing) {
            return NOT_TRACED;
        }
        var claim = messages.get(0).claim();
        if (messages.size() > 1) {
            var span = span("process " + claim.queue(), SpanKind.CONSUMER, Context.root(), claim.queue(), "process")
                    .setAttribute(BATCH_SIZE, (long) messages.size());
            messages.forEach(
                    message -> span.addLink(Span.fromContext(sender(message)).getSpanContext()));
            var started = span.startSpan();
            return new Handling(
                    started, TracingMetadata.withCurrent(Context.root().with(started)));
        }
        var sender = sender(messages.get(0));
        var span = span("process " + claim.queue(), SpanKind.CONSUMER, sender, claim.queue(), "process")
                .setAttribute(MESSAGE_ID, Long.toString(claim.id()))
                .startSpan();
        return new Handling(span, TracingMetadata.with(sender.with(span), sender));
    }

    private Context sender(ClaimedMessage message) {
        return telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), message.headers(), HEADERS);
    }

    /** Whether a header of this name belongs to the trace context. */
    public boolean carries(String header) {
        return telemetry.getPropagators().getTextMapPropagator().fields().contains(header);
    }

    /** The span of one handler. */
    public record Handling(Span span, TracingMetadata metadata) {

        public void ended(@Nullable Throwable failure) {
            if (failure != null) {
                record(failure);
            }
            span.end();
        }

        private void record(Throwable failure) {
            span.setStatus(StatusCode.ERROR);
            try {
                span.recordException(failure);
            } catch (RuntimeException | StackOverflowError e) {
                // It can't be asked for its message: this must not keep its message from being settled.
                span.addEvent(
                        "exception", Attributes.of(EXCEPTION, failure.getClass().getName()));
            }
        }
    }

    private SpanBuilder span(String name, SpanKind kind, Context parent, String queue, String operation) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(kind)
                .setAttribute(SYSTEM, "postgresql")
                .setAttribute(DESTINATION, queue)
                .setAttribute(OPERATION, operation);
    }
}
