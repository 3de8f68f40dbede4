package dev.aegis.messaging.control;

import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.telemetry.MessagingMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Tells the cluster what this process handled since the last time, and measures its queues, in one statement. */
final class QueueReport {

    private final ConnectorDatabase database;
    private final MessagingMetrics metrics;
    private final DepthGauges gauges;
    private final Duration validFor;
    private final long process = ThreadLocalRandom.current().nextLong();
    private final Map<String, Long> handledBefore = new HashMap<>();
    private long lastTime = System.nanoTime();

    QueueReport(ConnectorDatabase database, MessagingMetrics metrics, DepthGauges gauges, Duration validFor) {
        this.database = database;
        this.metrics = metrics;
        this.gauges = gauges;
        this.validFor = validFor;
    }

    void run(Set<String> queues) throws SQLException {
        var now = System.nanoTime();
        var seconds = (now - lastTime) / 1e9;
        var handled = new HashMap<String, Long>();
        var rates = new HashMap<String, Double>();
        for (var queue : queues) {
            handled.put(queue, metrics.handledMessages(queue));
            var messages = handled.get(queue) - handledBefore.getOrDefault(queue, 0L);
            // An idle queue is not written: what was said of it before is outdated soon.
            if (messages > 0 && seconds > 0) {
                rates.put(queue, messages / seconds);
            }
        }
        var names = List.copyOf(queues);
        gauges.measured(
                database.own(connection -> ControlStatements.report(connection, process, validFor, rates, names)));
        handledBefore.putAll(handled);
        lastTime = now;
    }
}
