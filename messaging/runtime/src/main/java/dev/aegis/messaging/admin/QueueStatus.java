package dev.aegis.messaging.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a queue.
 *
 * @param queue its name
 * @param isPaused whether it is paused for the whole cluster
 * @param depth how many messages it has
 * @param nextDueAt when the next delayed message is due; null when none is delayed
 * @param consumers how many processes consume it
 * @param handledPerSecond messages handled with success per second in the whole cluster, as its processes counted them over
 *     their last {@code metrics-interval}; 0 when they do not count
 */
public record QueueStatus(
        String queue,
        boolean isPaused,
        QueueDepth depth,
        @Nullable Instant nextDueAt,
        long consumers,
        double handledPerSecond) {}
