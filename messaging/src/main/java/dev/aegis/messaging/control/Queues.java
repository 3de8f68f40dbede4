package dev.aegis.messaging.control;

import dev.aegis.messaging.store.QueueName;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Looks at the queues of the cluster and steers them. Each method is one statement, in the JTA transaction of the caller
 * when there is one. All of them block; on an event loop they throw an {@link IllegalStateException}, and so they do when
 * the database refuses.
 *
 * <p>There is a queue as soon as a process has consumed it or a message was sent to it. Names that no queue may have are
 * answered with an {@link IllegalArgumentException}.
 */
@Singleton
public class Queues {

    private final ControlDatabase database;

    Queues(ControlDatabase database) {
        this.database = database;
    }

    /**
     * Stops all processes from taking messages from {@code queue}; what is under way is finished. A queue that does not
     * exist yet is paused from its first day.
     */
    public void pause(String queue) {
        var name = QueueName.checked(queue);
        database.run(connection -> ControlStatements.pause(connection, name));
    }

    /**
     * Lets a paused queue go on. Does nothing to one that is not paused.
     *
     * @throws IllegalArgumentException when there is no such queue
     */
    public void resume(String queue) {
        var name = QueueName.checked(queue);
        database.run(connection -> ControlStatements.resume(connection, name));
    }

    /** Whether {@code queue} is paused; false when there is no such queue. */
    public boolean isPaused(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> ControlStatements.isPaused(connection, name));
    }

    /**
     * How many messages {@code queue} has, in some ten milliseconds however many they are.
     *
     * @throws IllegalArgumentException when there is no such queue
     */
    public QueueDepth depth(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> ControlStatements.depth(connection, name));
    }

    /** All queues, by name. */
    public List<QueueStatus> all() {
        return database.run(ControlStatements::overview);
    }

    /**
     * Removes a message that waits, is delayed or held. False when it was taken already, or there is none of that id. Costs
     * a walk through the index: some 50 ms for a million messages.
     */
    public boolean cancel(long messageId) {
        return database.run(connection -> ControlStatements.cancel(connection, messageId));
    }

    /** Removes the message of {@code queue} that has {@code uniqueKey}. False when it was taken already, or there is none. */
    public boolean cancel(String queue, String uniqueKey) {
        var name = QueueName.checked(queue);
        return database.run(connection -> ControlStatements.cancel(connection, name, uniqueKey));
    }

    /**
     * Removes all messages of {@code queue} that wait, are delayed or held. Those in flight and the dead letters stay, and so
     * do those that another transaction has locked just then. A million messages take some seconds, and those with keys a
     * minute: mind the timeouts.
     *
     * @return how many were removed
     * @throws IllegalArgumentException when there is no such queue
     */
    public long purge(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> ControlStatements.purge(connection, name));
    }
}
