package dev.aegis.messaging;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a failed message is tried again: after {@code initialDelay}, then twice as long each time, never longer than
 * {@code maxDelay}, with jitter: at random between half of that and all of it, so that messages that failed together do
 * not come back together. The settings of a channel: {@code max-attempts}, {@code retry.initial-delay}, {@code retry.max-delay}.
 *
 * @param maxAttempts how often a message is tried, 1 to 1000, before it goes to the dead letters
 * @param initialDelay the longest pause before the second attempt, 0 or more
 * @param maxDelay the longest pause before any attempt, {@code initialDelay} or more
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, Duration maxDelay) {

    private static final int LARGEST_SHIFT = 30;

    /** @throws IllegalArgumentException when a value is out of its range */
    public RetryPolicy {
        if (maxAttempts < 1 || maxAttempts > 1000) {
            throw new IllegalArgumentException("max-attempts is from 1 to 1000, not " + maxAttempts);
        }
        if (initialDelay.isNegative() || maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("retry.initial-delay is from 0 to retry.max-delay, but they are "
                    + initialDelay + " and " + maxDelay);
        }
    }

    /** Whether a message that failed at this attempt, 1 or more, is not tried again. */
    public boolean isLast(int attempt) {
        return attempt >= maxAttempts;
    }

    /** How long to wait after this attempt, 1 or more, has failed. Random: two calls return different times. */
    public Duration delayAfter(int attempt) {
        var shift = Math.min(attempt - 1, LARGEST_SHIFT);
        var longest = Math.min(maxDelay.toMillis(), initialDelay.toMillis() << shift);
        return Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest - longest / 2 + 1));
    }
}
