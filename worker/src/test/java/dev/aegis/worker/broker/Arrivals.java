package dev.aegis.worker.broker;

import io.opentelemetry.api.trace.Span;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.PublisherDecorator;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.amqp.IncomingAmqpMetadata;
import io.smallrye.reactive.messaging.ce.IncomingCloudEventMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What came from the broker, on its way to the handlers. */
@ApplicationScoped
class Arrivals implements PublisherDecorator {

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();

    /** A message as it arrived, with the headers and the trace that came with it. */
    record Arrival(Object payload, String id, Map<String, Object> headers, String traceId, long deliveries) {}

    List<Arrival> all() {
        return List.copyOf(arrivals);
    }

    List<Arrival> of(long inspection) {
        return arrivals.stream()
                .filter(arrival ->
                        arrival.payload().equals(String.format(Locale.ROOT, "{\"inspection_id\":%d}", inspection)))
                .toList();
    }

    @Override
    public Multi<? extends Message<?>> decorate(
            Multi<? extends Message<?>> publisher, List<String> channels, boolean isConnector) {
        return publisher.invoke(this::note);
    }

    private void note(Message<?> message) {
        var amqp = message.getMetadata(IncomingAmqpMetadata.class);
        if (amqp.isEmpty()) {
            return;
        }
        IncomingCloudEventMetadata<?> event =
                message.getMetadata(IncomingCloudEventMetadata.class).orElseThrow();
        var trace = TracingMetadata.fromMessage(message).orElseThrow().getCurrentContext();
        arrivals.add(new Arrival(
                message.getPayload(),
                event.getId(),
                Map.copyOf(event.getExtensions()),
                Span.fromContext(trace).getSpanContext().getTraceId(),
                amqp.get().getDeliveryCount()));
    }
}
