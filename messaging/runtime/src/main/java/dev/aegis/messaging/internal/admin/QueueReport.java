package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells the cluster what this process handled since the last time, and measures its queues, in one statement. When that is
 * slow, as where vacuum is blocked, it is done less often: it takes no more than a fiftieth of the time.
 */
final class QueueReport {

    private final ConnectorDatabase database;
    private final MessagingMetrics metrics;
    private final DepthGauges gauges;
    private final Duration interval;
    private final long process = ThreadLocalRandom.current().nextLong();
    private final Map<String, Long> handledBefore = new HashMap<>();
    private long lastTime = System.nanoTime();
    private volatile Duration pause;

    QueueReport(ConnectorDatabase database, MessagingMetrics metrics, DepthGauges gauges, Duration interval) {
        this.database = database;
        this.metrics = metrics;
        this.gauges = gauges;
        this.interval = interval;
        this.pause = interval;
    }

    /** How long to wait until the next time. */
    Duration pause() {
        return pause;
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
        var depths = database.own(
                connection -> AdminStatements.report(connection, process, pause.multipliedBy(3), rates, names));
        var took = Duration.ofNanos(System.nanoTime() - now).multipliedBy(49);
        // Once slow is no reason for a long silence: the pause doubles at most.
        pause = Collections.max(List.of(interval, Collections.min(List.of(took, pause.multipliedBy(2)))));
        gauges.measured(depths, pause.multipliedBy(3));
        handledBefore.putAll(handled);
        lastTime = now;
    }
}
