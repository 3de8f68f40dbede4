package dev.aegis.messaging.internal.settle;

import org.jspecify.annotations.Nullable;

/**
 * The observers of dead letters, which are notified in the transaction that moves the messages. They may throw, or make the
 * commit fail, each time; so that their message is moved nevertheless, they are notified a few times and then no more.
 *
 * <p>For one thread at a time.
 */
final class Observers {

    private static final int MAX_FAILURES = 3;

    /** Failures that look like an outage of the database, though the statements before the notification succeeded. */
    private static final int MAX_OUTAGES = 6;

    private int failures;
    private int outages;
    private boolean told;
    private @Nullable Throwable last;

    /** A new transaction begins. */
    void begin() {
        told = false;
    }

    /** Notifies them, unless they have failed too often. */
    void tell(Runnable event) {
        if (!areGivenUp()) {
            told = true;
            event.run();
        }
    }

    /** The transaction failed. True when that is their fault: they had been notified. */
    boolean haveFailed(Throwable failure) {
        if (!told) {
            return false;
        }
        last = FailureClassifier.root(failure);
        if (FailureClassifier.isOutage(failure)) {
            outages++;
        } else {
            failures++;
        }
        return true;
    }

    boolean areGivenUp() {
        return failures >= MAX_FAILURES || outages >= MAX_OUTAGES;
    }

    /** The error of a dead letter, and why its observers were not notified. */
    String complete(String error) {
        return last == null || !areGivenUp()
                ? error
                : error + "; its observers failed: " + FailureClassifier.explanation(last);
    }

    /** The stack trace of a dead letter, with that of the observers. */
    @Nullable String completeTrace(@Nullable String stackTrace) {
        if (last == null || !areGivenUp()) {
            return stackTrace;
        }
        return (stackTrace == null ? "" : stackTrace) + "Its observers failed: " + FailureClassifier.stackTrace(last);
    }
}
