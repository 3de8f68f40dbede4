package dev.aegis.messaging.admin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a queue has. Each figure is exact up to 10,000. Above that it is an estimate,
 * accurate to a few percent; for a queue that is a small part of a large table it may only tell
 * that there are more than 10,000.
 *
 * @param waiting messages that are due and not claimed
 * @param inFlight messages that a consumer has claimed; with more than 10,000 messages in the queue, those among the first
 *     10,000 and among the first 500 of each further priority
 * @param delayed messages that are not due yet, retries among them
 * @param blocked messages that are blocked until the message before them, of the same ordering key, is done
 * @param dead dead letters
 * @param isEstimated whether any of the figures is an estimate
 * @param oldestAge how long ago the oldest waiting message was sent, among those that {@code inFlight} looks at; null when
 *     none waits
 */
public record QueueDepth(
        long waiting,
        long inFlight,
        long delayed,
        long blocked,
        long dead,
        boolean isEstimated,
        @Nullable Duration oldestAge) {}
