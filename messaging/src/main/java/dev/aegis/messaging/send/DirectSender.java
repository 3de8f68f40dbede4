package dev.aegis.messaging.send;

import dev.aegis.messaging.store.NewMessage;
import dev.aegis.messaging.store.SendStatements;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages that belong to no transaction: as many in one insert as were emitted while the last one ran. They are
 * durable when their callback is called.
 */
@Singleton
class DirectSender {

    private static final int MOST_AT_ONCE = 1000;

    private record Pending(NewMessage message, Consumer<@Nullable Throwable> ended) {}

    private final Outboxes outboxes;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "aegis-sender");
    private volatile boolean running = true;
    private boolean started;

    DirectSender(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    /** Sends {@code message}, and calls {@code ended} with the failure, or with null when it is durable. */
    void send(NewMessage message, Consumer<@Nullable Throwable> ended) {
        queue.add(new Pending(message, ended));
    }

    synchronized void start() {
        if (!started) {
            started = true;
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Sends what was emitted, and ends; waits for that at most {@code patience}. */
    synchronized void stop(Duration patience) {
        running = false;
        thread.interrupt();
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pending = new ArrayList<Pending>();
        while (running || !queue.isEmpty()) {
            if (queue.drainTo(pending, MOST_AT_ONCE) == 0) {
                awaitFirst(pending);
            }
            send(pending);
            pending.clear();
        }
    }

    /** Waits for a message; the end of this sender interrupts that. */
    private void awaitFirst(List<Pending> pending) {
        try {
            pending.add(queue.take());
            queue.drainTo(pending, MOST_AT_ONCE - 1);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void send(List<Pending> pending) {
        if (pending.isEmpty()) {
            return;
        }
        var messages = pending.stream().map(Pending::message).toList();
        try (var connection = outboxes.connection()) {
            SendStatements.insert(connection, messages);
        } catch (SQLException | RuntimeException e) {
            if (pending.size() > 1 && isRefusal(e)) {
                // One message that the database refuses must not take the others with it.
                pending.forEach(one -> send(List.of(one)));
            } else {
                pending.forEach(one -> one.ended().accept(e));
            }
            return;
        }
        outboxes.sent(messages);
        pending.forEach(one -> one.ended().accept(null));
    }

    /** Class 22 of SQLSTATE, data exception: the statement was read and one of its values refused. */
    private static boolean isRefusal(Exception e) {
        return e instanceof SQLException refused
                && refused.getSQLState() != null
                && refused.getSQLState().startsWith("22");
    }
}
