package dev.aegis.messaging.control;

import dev.aegis.messaging.store.QueueName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * The messages that were given up. Each method is one statement, in the JTA transaction of the caller when there is one. All
 * of them block; on an event loop they throw an {@link IllegalStateException}, and so they do when the database refuses.
 */
@Singleton
public class DeadLetters {

    private static final int MOST_LISTED = 10_000;
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    private final ControlDatabase database;

    DeadLetters(ControlDatabase database) {
        this.database = database;
    }

    /**
     * The dead letters of {@code queue}, the latest first.
     *
     * @param limit the most to return, 1 to 10000
     * @throws IllegalArgumentException when {@code limit} is out of its range, or no queue may be called so
     */
    public List<DeadLetter> list(String queue, int limit) {
        var name = QueueName.checked(queue);
        checkLimit(limit);
        return database.run(connection -> DeadLetterStatements.list(connection, name, limit));
    }

    /**
     * The dead letters of the same queue that died before {@code last}, the latest first: the page after the one that ended
     * with {@code last}, though that was removed meanwhile.
     *
     * @param limit the most to return, 1 to 10000
     * @throws IllegalArgumentException when {@code limit} is out of its range
     */
    public List<DeadLetter> listBefore(DeadLetter last, int limit) {
        checkLimit(limit);
        return database.run(connection -> DeadLetterStatements.listBefore(connection, last, limit));
    }

    /** Sends a dead letter again as if new. False when there is none of that id. */
    public boolean resend(long id) {
        return database.run(connection -> DeadLetterStatements.resend(connection, id));
    }

    /**
     * Sends dead letters of {@code queue} again as if new, those that died first before the others.
     *
     * @param most the most to send, 1 or more
     * @return how many were sent
     * @throws IllegalArgumentException when there is no such queue, or {@code most} is out of its range
     */
    public long resendAll(String queue, int most) {
        var name = QueueName.checked(queue);
        return database.run(connection -> DeadLetterStatements.resendAll(connection, name, most));
    }

    /** Removes a dead letter. False when there is none of that id. */
    public boolean drop(long id) {
        return database.run(connection -> DeadLetterStatements.drop(connection, id));
    }

    /**
     * Removes the dead letters of {@code queue} that died longer than {@code age} ago.
     *
     * @param age 0 to 36500 days; with 0 all of them are removed
     * @return how many were removed
     * @throws IllegalArgumentException when there is no such queue, or {@code age} is out of its range
     */
    public long dropOlderThan(String queue, Duration age) {
        var name = QueueName.checked(queue);
        if (age.isNegative() || age.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("dead letters are 0 to 36500 days old, not " + age);
        }
        return database.run(connection -> DeadLetterStatements.dropOlderThan(connection, name, age));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_LISTED) {
            throw new IllegalArgumentException("1 to " + MOST_LISTED + " dead letters are listed, not " + limit);
        }
    }
}
