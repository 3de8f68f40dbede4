package dev.aegis.messaging.internal.settle;

import org.jspecify.annotations.Nullable;

/**
 * Those who observe that messages become dead letters, in the transaction that moves them. What they do may fail there, or
 * let the commit fail; for ever so, they would keep their message from ending. So they are told again a few times, and then
 * no more.
 *
 * <p>For one thread at a time.
 */
final class Observers {

    private static final int MOST_FAILURES = 3;

    /** As if the database were away, though the message could be moved before they were told. */
    private static final int MOST_OUTAGES = 6;

    private int failures;
    private int outages;
    private boolean told;
    private @Nullable Throwable last;

    /** Forgets whom the last transaction told. */
    void begin() {
        told = false;
    }

    /** Tells them, unless they have failed too often. */
    void tell(Runnable event) {
        if (!areGivenUp()) {
            told = true;
            event.run();
        }
    }

    /** The transaction failed; the failure is theirs when they had been told. */
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
        return failures >= MOST_FAILURES || outages >= MOST_OUTAGES;
    }

    /** The reason of a dead letter, with the one why they are not told of it. */
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
