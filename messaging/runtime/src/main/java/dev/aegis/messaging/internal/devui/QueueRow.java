package dev.aegis.messaging.internal.devui;

import dev.aegis.messaging.admin.QueueStatus;
import org.jspecify.annotations.Nullable;

/**
 * A queue as the page shows it.
 *
 * @param oldestAge how long ago the oldest waiting message was sent, in milliseconds; null when none waits
 * @param isEstimated whether any of the figures is an estimate
 */
record QueueRow(
        String queue,
        boolean isPaused,
        long waiting,
        long delayed,
        long inFlight,
        long blocked,
        long dead,
        boolean isEstimated,
        @Nullable Long oldestAge,
        long consumers,
        double handledPerSecond) {

    static QueueRow of(QueueStatus status) {
        var depth = status.depth();
        var oldest = depth.oldestAge();
        return new QueueRow(
                status.queue(),
                status.isPaused(),
                depth.waiting(),
                depth.delayed(),
                depth.inFlight(),
                depth.blocked(),
                depth.dead(),
                depth.isEstimated(),
                oldest == null ? null : oldest.toMillis(),
                status.consumers(),
                status.handledPerSecond());
    }
}
