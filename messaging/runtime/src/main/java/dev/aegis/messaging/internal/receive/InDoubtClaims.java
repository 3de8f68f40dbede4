package dev.aegis.messaging.internal.receive;

import java.time.Duration;

/**
 * The time after a claim that failed. The server may have made it all the same, even a while after this process gave up
 * waiting for the answer. Then this consumer has claims that it does not know, and has to look for.
 *
 * <p>For one thread.
 */
final class InDoubtClaims {

    /** Longer than a statement may take on the server after the driver gave it up. */
    private static final Duration DURATION = Duration.ofMinutes(1);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    private final boolean tooLarge;
    private final long until;
    private long nextLook;
    private boolean isOver;

    /** @param tooLarge whether the claim failed because a message did not fit into the memory */
    InDoubtClaims(boolean tooLarge) {
        var now = System.nanoTime();
        this.tooLarge = tooLarge;
        until = now + DURATION.toNanos();
        nextLook = now + LOOK_EVERY.toNanos();
    }

    /** Whether to claim one by one, so that the message that is too large does not stop the others. */
    boolean isCautious() {
        return tooLarge && until - System.nanoTime() > 0;
    }

    /** Whether it is time to look for unknown claims. The last look is the first after the time is over. */
    boolean isDue() {
        var now = System.nanoTime();
        if (nextLook - now > 0) {
            return false;
        }
        nextLook = now + LOOK_EVERY.toNanos();
        isOver = until - now <= 0;
        return true;
    }

    /** Whether the last look was made. */
    boolean isOver() {
        return isOver;
    }
}
