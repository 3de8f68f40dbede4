package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.ClaimStatements.Position;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import java.time.Duration;
import java.util.List;

/**
 * Where in the queue a claim begins to look. From the start, as long as that is cheap. While some session holds an old
 * snapshot the rows of handled messages can't be removed, and each look from the start walks over all of them: then most
 * claims begin behind the last message that was claimed, and only now and then one looks from the start, for what came in before that
 * place: a retry, a better priority, a late commit.
 *
 * <p>For one thread.
 */
final class ScanCursor {

    /** What a look takes that does not walk over rubbish: so much at most, and so much for each message. */
    private static final long BASE_NANOS = 3_000_000;

    private static final long NANOS_EACH = 15_000;

    /** Looks from the start take at most this part of the time, as long as they take less than the longest pause. */
    private static final int PART = 20;

    /** What took long once, as in a moment when the server was busy, must not hold up a retry for longer than this. */
    private static final long LONGEST_NANOS = 1_000_000_000;

    private Position last = Position.START;
    private long nextFull = System.nanoTime();
    private boolean full = true;

    /** Where the claim that is made now begins. */
    Position begin() {
        full = System.nanoTime() - nextFull >= 0;
        return full ? Position.START : last;
    }

    /** A claim that began at {@link #begin()} took {@code nanos} and found {@code messages}, in their order. */
    void ended(long nanos, List<ClaimedMessage> messages) {
        if (!messages.isEmpty()) {
            var claim = messages.get(messages.size() - 1).claim();
            last = new Position(claim.priority(), claim.id());
        }
        if (full) {
            var excess = Math.max(0, nanos - BASE_NANOS - messages.size() * NANOS_EACH);
            nextFull = System.nanoTime() + Math.min(excess * PART, LONGEST_NANOS);
        }
    }

    /** How long until something may be found that the last claim could not see. Zero or less: now. */
    Duration untilFull() {
        return full ? Duration.ofDays(1) : Duration.ofNanos(nextFull - System.nanoTime());
    }
}
