package dev.aegis.scheduler.firing;

/**
 * What came of trying to fire a schedule.
 *
 * @param result how it ended
 * @param sent how many messages were sent; 0 unless it fired
 */
record Attempt(Result result, int sent) {

    enum Result {
        /** This replica did it. */
        FIRED,
        /** It had been done. */
        SKIPPED,
        /** Another replica is at it, and may yet fail. */
        BUSY
    }

    static final Attempt SKIPPED = new Attempt(Result.SKIPPED, 0);
    static final Attempt BUSY = new Attempt(Result.BUSY, 0);

    static Attempt fired(int sent) {
        return new Attempt(Result.FIRED, sent);
    }
}
