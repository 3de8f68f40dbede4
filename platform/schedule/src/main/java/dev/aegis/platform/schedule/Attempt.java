package dev.aegis.platform.schedule;

import java.time.Duration;

/**
 * What came of trying to fire a schedule.
 *
 * @param result how it ended
 * @param sent how many messages were sent; 0 unless it fired
 * @param lag how long after the schedule was due it fired, by the clock of the database
 */
record Attempt(Result result, int sent, Duration lag) {

    enum Result {
        /** This replica did it. */
        FIRED,
        /** It had been done. */
        SKIPPED,
        /** Another replica is at it, and may yet fail. */
        BUSY,
        /** The database's clock says that it is not due yet. */
        EARLY
    }

    static final Attempt SKIPPED = new Attempt(Result.SKIPPED, 0, Duration.ZERO);
    static final Attempt BUSY = new Attempt(Result.BUSY, 0, Duration.ZERO);
    static final Attempt EARLY = new Attempt(Result.EARLY, 0, Duration.ZERO);

    static Attempt fired(int sent, Duration lag) {
        return new Attempt(Result.FIRED, sent, lag);
    }

    /** Whether nothing is left to do for this time. */
    boolean isSettled() {
        return result == Result.FIRED || result == Result.SKIPPED;
    }
}
