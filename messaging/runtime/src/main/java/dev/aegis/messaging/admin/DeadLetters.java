package dev.aegis.messaging.admin;

import java.time.Duration;
import java.util.List;

/**
 * The messages that were given up. Each method is one statement, in the JTA transaction of the caller when there is one. All
 * of them block; they throw an {@link IllegalStateException} on an event loop, and when a statement fails.
 */
public interface DeadLetters {

    /**
     * The dead letters of {@code queue}, the latest first.
     *
     * @param limit the most to return, 1 to 10000
     * @throws IllegalArgumentException when {@code limit} is out of its range, or {@code queue} is not a valid name
     */
    List<DeadLetter> list(String queue, int limit);

    /**
     * The dead letters of the same queue that died before {@code last}, the latest first: the page after the one that ended
     * with {@code last}, even if that was removed in the meantime.
     *
     * @param limit the most to return, 1 to 10000
     * @throws IllegalArgumentException when {@code limit} is out of its range
     */
    List<DeadLetter> listBefore(DeadLetter last, int limit);

    /**
     * Sends a dead letter again, at its first attempt, without unique key and time to live. It keeps its id unless it has
     * an ordering key. False when there is no dead letter with that id.
     */
    boolean resend(long id);

    /**
     * Sends dead letters of {@code queue} again as if new, those that died first before the others.
     *
     * @param limit the most to send, 1 or more
     * @return how many were sent
     * @throws IllegalArgumentException when there is no such queue, or {@code limit} is out of its range
     */
    long resendAll(String queue, int limit);

    /** Removes a dead letter. False when there is none of that id. */
    boolean drop(long id);

    /**
     * Removes the dead letters of {@code queue} that died longer than {@code age} ago.
     *
     * @param age 0 to 36500 days; with 0 all of them are removed
     * @return how many were removed
     * @throws IllegalArgumentException when there is no such queue, or {@code age} is out of its range
     */
    long dropOlderThan(String queue, Duration age);
}
