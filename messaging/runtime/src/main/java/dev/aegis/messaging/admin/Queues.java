package dev.aegis.messaging.admin;

import java.util.List;

/**
 * Looks at the queues of the cluster and steers them. Each method is one statement, in the JTA transaction of the caller
 * when there is one. All of them block; on an event loop they throw an {@link IllegalStateException}, and so they do when
 * the database refuses.
 *
 * <p>There is a queue as soon as a process has consumed it or a message was sent to it. Names that no queue may have are
 * answered with an {@link IllegalArgumentException}.
 */
public interface Queues {

    /**
     * Stops all processes from taking messages from {@code queue}; what is in flight is finished. A queue that does not
     * exist yet is paused from its first day.
     */
    void pause(String queue);

    /**
     * Lets a paused queue go on. Does nothing to one that is not paused.
     *
     * @throws IllegalArgumentException when there is no such queue
     */
    void resume(String queue);

    /** Whether {@code queue} is paused; false when there is no such queue. */
    boolean isPaused(String queue);

    /**
     * How many messages {@code queue} has, in some ten milliseconds however many they are.
     *
     * @throws IllegalArgumentException when there is no such queue
     */
    QueueDepth depth(String queue);

    /** All queues, by name. */
    List<QueueStatus> all();

    /**
     * Removes a message that waits, is delayed or blocked. False when it was taken already, or there is none of that id. Costs
     * a scan of the index: some 50 ms for a million messages.
     */
    boolean cancel(long messageId);

    /** Removes the message of {@code queue} that has {@code uniqueKey}. False when it was taken already, or there is none. */
    boolean cancel(String queue, String uniqueKey);

    /**
     * Removes all messages of {@code queue} that wait, are delayed or blocked. Those in flight and the dead letters stay, and so
     * do those that another transaction has locked just then. A million messages take some seconds, and those with keys a
     * minute: mind the timeouts.
     *
     * @return how many were removed
     * @throws IllegalArgumentException when there is no such queue
     */
    long purge(String queue);
}
