package dev.aegis.messaging.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of the connector, each with the tag {@code queue}.
 *
 * <ul>
 *   <li>{@code messaging.sent}: messages sent, counted when their transaction committed
 *   <li>{@code messaging.handled}: time of a handler that succeeded
 *   <li>{@code messaging.pickup}: time from the sending of a message to the start of its handler, first attempts only
 *   <li>{@code messaging.failed}: attempts that failed
 *   <li>{@code messaging.retried}: messages that were put back for another attempt
 *   <li>{@code messaging.dead}: messages that were given up
 *   <li>{@code messaging.expired}: messages that were dropped because their time was over
 * </ul>
 */
@Singleton
public class MessagingMetrics {

    private final Map<String, Counter> sent = new ConcurrentHashMap<>();
    private final Map<String, Counter> failed = new ConcurrentHashMap<>();
    private final Map<String, Counter> retried = new ConcurrentHashMap<>();
    private final Map<String, Counter> dead = new ConcurrentHashMap<>();
    private final Map<String, Counter> expired = new ConcurrentHashMap<>();
    private final Map<String, Timer> handled = new ConcurrentHashMap<>();
    private final Map<String, Timer> pickup = new ConcurrentHashMap<>();

    public void sent(String queue, int messages) {
        of(sent, queue, name -> counter("messaging.sent", "Messages sent", name))
                .increment(messages);
    }

    public void failed(String queue) {
        of(failed, queue, name -> counter("messaging.failed", "Attempts that failed", name))
                .increment();
    }

    public void retried(String queue) {
        of(retried, queue, name -> counter("messaging.retried", "Messages put back for another attempt", name))
                .increment();
    }

    public void dead(String queue) {
        of(dead, queue, name -> counter("messaging.dead", "Messages that were given up", name))
                .increment();
    }

    public void expired(String queue, int messages) {
        of(expired, queue, name -> counter("messaging.expired", "Messages dropped because their time was over", name))
                .increment(messages);
    }

    public void handled(String queue, Duration time) {
        of(handled, queue, name -> timer("messaging.handled", "Time of handlers that succeeded", name))
                .record(time);
    }

    public void pickedUp(String queue, Duration latency) {
        of(pickup, queue, name -> timer("messaging.pickup", "Time from the sending to the start of the handler", name))
                .record(latency);
    }

    private static <M> M of(Map<String, M> meters, String queue, Function<String, M> register) {
        var meter = meters.get(queue);
        return meter == null ? meters.computeIfAbsent(queue, register) : meter;
    }

    private static Counter counter(String name, String description, String queue) {
        return Counter.builder(name)
                .description(description)
                .tag("queue", queue)
                .register(Metrics.globalRegistry);
    }

    private static Timer timer(String name, String description, String queue) {
        return Timer.builder(name).description(description).tag("queue", queue).register(Metrics.globalRegistry);
    }
}
