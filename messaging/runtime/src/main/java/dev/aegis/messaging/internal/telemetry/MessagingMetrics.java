package dev.aegis.messaging.internal.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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
    private final Map<String, LongAdder> handledMessages = new ConcurrentHashMap<>();

    /** Registers the meters of a queue, so that they are there, at zero, before its first event. */
    public void register(String queue) {
        sent(queue, 0);
        retried(queue, 0);
        failed(queue, 0);
        dead(queue, 0);
        expired(queue, 0);
        handledTimer(queue);
        pickupTimer(queue);
    }

    public void sent(String queue, int messages) {
        of(sent, queue, name -> counter("messaging.sent", "Messages sent", name))
                .increment(messages);
    }

    public void failed(String queue) {
        failed(queue, 1);
    }

    private void failed(String queue, int attempts) {
        of(failed, queue, name -> counter("messaging.failed", "Attempts that failed", name))
                .increment(attempts);
    }

    public void retried(String queue) {
        retried(queue, 1);
    }

    private void retried(String queue, int messages) {
        of(retried, queue, name -> counter("messaging.retried", "Messages put back for another attempt", name))
                .increment(messages);
    }

    public void dead(String queue) {
        dead(queue, 1);
    }

    private void dead(String queue, int messages) {
        of(dead, queue, name -> counter("messaging.dead", "Messages that were given up", name))
                .increment(messages);
    }

    public void expired(String queue, int messages) {
        of(expired, queue, name -> counter("messaging.expired", "Messages dropped because their time was over", name))
                .increment(messages);
    }

    /** A handler of one message succeeded. */
    public void handled(String queue, Duration time) {
        handled(queue, time, 1);
    }

    /** A handler of {@code messages} succeeded: one measurement of its time, and so many messages handled. */
    public void handled(String queue, Duration time, int messages) {
        handledTimer(queue).record(time);
        of(handledMessages, queue, name -> new LongAdder()).add(messages);
    }

    /** How many messages of {@code queue} this process has handled with success since its start. */
    public long handledMessages(String queue) {
        return of(handledMessages, queue, name -> new LongAdder()).sum();
    }

    public void pickedUp(String queue, Duration latency) {
        pickupTimer(queue).record(latency);
    }

    private Timer handledTimer(String queue) {
        return of(handled, queue, name -> timer("messaging.handled", "Time of handlers that succeeded", name));
    }

    private Timer pickupTimer(String queue) {
        return of(
                pickup,
                queue,
                name -> timer("messaging.pickup", "Time from the sending to the start of the handler", name));
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
