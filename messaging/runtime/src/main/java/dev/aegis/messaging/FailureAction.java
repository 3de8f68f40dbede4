package dev.aegis.messaging;

import java.time.Duration;

/**
 * What becomes of a message whose handler failed.
 *
 * @param kind where the message goes
 * @param delay how long it waits before it is tried again, 0 to 36500 days; 0 when it is not tried again
 * @param stopsChannel whether its channel takes no more messages, and reports itself as not alive
 */
public record FailureAction(Kind kind, Duration delay, boolean stopsChannel) {

    private static final Duration MAX_DELAY = Duration.ofDays(36_500);

    /** Where the message goes. */
    public enum Kind {
        /** Back into its queue, for another attempt. */
        RETRY,
        /** To the dead letters, with its error. */
        DEAD_LETTER,
        /** Nowhere: it is deleted. */
        DROP
    }

    /** @throws IllegalArgumentException when {@code delay} is negative or longer than 36500 days */
    public FailureAction {
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "a message is tried again after 0 to " + MAX_DELAY.toDays() + " days, not " + delay);
        }
    }

    /** Tries the message again after {@code delay}, 0 to 36500 days, by the clock of the database. */
    public static FailureAction retryAfter(Duration delay) {
        return new FailureAction(Kind.RETRY, delay, false);
    }

    /** Moves the message to the dead letters. */
    public static FailureAction deadLetter() {
        return new FailureAction(Kind.DEAD_LETTER, Duration.ZERO, false);
    }

    /** Deletes the message. */
    public static FailureAction drop() {
        return new FailureAction(Kind.DROP, Duration.ZERO, false);
    }

    /** The same, and the channel stops. */
    public FailureAction andStopChannel() {
        return new FailureAction(kind, delay, true);
    }
}
