package dev.aegis.messaging.internal.receive;

/**
 * How many messages to hold beside those under way: as many as were handled lately in a tenth of a second, so that a fast
 * handler never waits for the database, and a slow one leaves the messages to other processes.
 *
 * <p>For one thread.
 */
final class PrefetchPolicy {

    private static final double HORIZON_SECONDS = 0.1;

    private final int most;
    private int target;
    private long since = System.nanoTime();
    private long handled;

    PrefetchPolicy(int least, int most) {
        this.most = most;
        this.target = Math.min(least, most);
    }

    int target() {
        return target;
    }

    /** Adapts the target to the number of messages handled since the last call. */
    void observe(long handledInAll, int least) {
        var now = System.nanoTime();
        var seconds = (now - since) / 1e9;
        var perHorizon = (handledInAll - handled) / seconds * HORIZON_SECONDS;
        // Up at once, down by halves: one pause of a fast handler is no sign that it became slow.
        target = (int) Math.max(Math.min(least, most), Math.min(most, Math.max(perHorizon, target / 2.0)));
        since = now;
        handled = handledInAll;
    }
}
