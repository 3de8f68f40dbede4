package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.admin.QueueDepth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gauges {@code messaging.depth}, by queue and state, and {@code messaging.oldest.age}, in seconds, by queue. They show
 * what was measured last, and nothing (NaN) before the first time and when that is too long ago.
 */
final class DepthGauges {

    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
    private volatile Map<String, QueueDepth> depths = Map.of();
    private volatile long validUntil = System.nanoTime();

    void register(String queue) {
        depth(queue, "waiting", QueueDepth::waiting);
        depth(queue, "in_flight", QueueDepth::inFlight);
        depth(queue, "delayed", QueueDepth::delayed);
        depth(queue, "blocked", QueueDepth::blocked);
        depth(queue, "dead", QueueDepth::dead);
        gauges.add(Gauge.builder("messaging.oldest.age", () -> of(queue, DepthGauges::oldestAge))
                .description("How long ago the oldest waiting message was sent; 0 when none waits")
                .baseUnit("seconds")
                .tag("queue", queue)
                .register(Metrics.globalRegistry));
    }

    void measured(Map<String, QueueDepth> now, Duration validFor) {
        depths = now;
        validUntil = System.nanoTime() + validFor.toNanos();
    }

    void remove() {
        gauges.forEach(Metrics.globalRegistry::remove);
        gauges.clear();
    }

    private void depth(String queue, String state, ToDoubleFunction<QueueDepth> figure) {
        gauges.add(Gauge.builder("messaging.depth", () -> of(queue, figure))
                .description("Messages of the queue in the whole cluster; an estimate above 10,000")
                .tag("queue", queue)
                .tag("state", state)
                .register(Metrics.globalRegistry));
    }

    private double of(String queue, ToDoubleFunction<QueueDepth> figure) {
        @Nullable QueueDepth depth = depths.get(queue);
        return depth == null || System.nanoTime() - validUntil > 0 ? Double.NaN : figure.applyAsDouble(depth);
    }

    private static double oldestAge(QueueDepth depth) {
        return depth.oldestAge() == null ? 0 : depth.oldestAge().toMillis() / 1000.0;
    }
}
