package dev.aegis.messaging.internal.receive;

import java.time.Duration;

/**
 * The time after a claim that failed. The server may have made it all the same, even a while after this process gave up
 * waiting for the answer; then there are claims of this consumer that it knows nothing of, and has to look for.
 *
 * <p>For one thread.
 */
final class InDoubtClaims {

    /** Longer than a statement may take on the server after the driver gave it up. */
    private static final Duration LASTS = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private long until = Long.MIN_VALUE;
    private long nextLook;
    private boolean tooLarge;

    /** @param tooLarge whether it failed because a message did not fit into the memory */
    void began(boolean tooLarge) {
        var now = System.nanoTime();
        this.tooLarge = tooLarge;
        until = now + LASTS.toNanos();
        nextLook = now + LOOK_EVERY.toNanos();
    }

    /** Whether to claim one by one, so that the message that is too large harms no other. */
    boolean isCautious() {
        return tooLarge && lasts();
    }

    /** Whether there is nothing left to look for. */
    boolean isOver() {
        return until == Long.MIN_VALUE;
    }

    private boolean lasts() {
        return until != Long.MIN_VALUE && System.nanoTime() < until;
    }

    /** Whether it is time to look for unknown claims. Once after it is over, too. */
    boolean isDue() {
        if (until == Long.MIN_VALUE || System.nanoTime() < nextLook) {
            return false;
        }
        nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
        if (!lasts()) {
            until = Long.MIN_VALUE;
        }
        return true;
    }
}
