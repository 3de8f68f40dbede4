package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.ClaimStatements.Position;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import java.time.Duration;
import java.util.List;

/**
 * Where in the queue a claim begins to scan. From the start, as long as that is cheap. While some session holds an old
 * snapshot, the rows of handled messages can't be removed, and each scan from the start walks over all of them. Then most
 * claims begin behind the last message that was claimed, and only from time to time one scans from the start, for what came
 * in before that place: a retry, a better priority, a late commit.
 *
 * <p>For one thread.
 */
final class ScanCursor {

    /** The longest time of a scan that meets no dead rows: this, and for each message {@link #NANOS_PER_MESSAGE}. */
    private static final long BASE_NANOS = 3_000_000;

    private static final long NANOS_PER_MESSAGE = 15_000;

    /** Of the time, scans from the start take a twentieth at most, unless {@link #MAX_PAUSE_NANOS} is over. */
    private static final int PAUSE_FACTOR = 20;

    /** One slow scan, as in a moment when the server was busy, must not delay a retry for longer than this. */
    private static final long MAX_PAUSE_NANOS = 1_000_000_000;

    private Position last = Position.START;
    private long nextFullScan = System.nanoTime();
    private boolean isFullScan = true;

    /** Where the claim that is made now begins. */
    Position begin() {
        isFullScan = System.nanoTime() - nextFullScan >= 0;
        return isFullScan ? Position.START : last;
    }

    /** A claim that began at {@link #begin()} took {@code nanos} and found {@code messages}, in their order. */
    void ended(long nanos, List<ClaimedMessage> messages) {
        if (!messages.isEmpty()) {
            var claim = messages.get(messages.size() - 1).claim();
            last = new Position(claim.priority(), claim.id());
        }
        if (isFullScan) {
            var excess = Math.max(0, nanos - BASE_NANOS - messages.size() * NANOS_PER_MESSAGE);
            nextFullScan = System.nanoTime() + Math.min(excess * PAUSE_FACTOR, MAX_PAUSE_NANOS);
        }
    }

    /** How long until something may be found that the last claim could not see. Zero or less: now. */
    Duration untilFullScan() {
        return isFullScan ? Duration.ofDays(1) : Duration.ofNanos(nextFullScan - System.nanoTime());
    }
}
