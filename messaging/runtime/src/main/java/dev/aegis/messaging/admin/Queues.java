package dev.aegis.messaging.admin;

import java.util.List;

/**
 * Inspects and controls the queues of the cluster. Each method is one statement, in the JTA transaction of the caller
 * when there is one. All of them block; on an event loop they throw an {@link IllegalStateException}, and so they do when
 * the database refuses.
 *
 * <p>A queue exists once a process has consumed it or it was paused, and while it is subscribed to a topic or has messages or
 * dead letters. An invalid queue name is rejected with an {@link IllegalArgumentException}.
 */
public interface Queues {

    /**
     * Stops all processes from claiming messages of {@code queue}; those in flight are still handled. A queue that does not
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
     * How many messages {@code queue} has. Takes some tens of milliseconds, however many there are.
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
