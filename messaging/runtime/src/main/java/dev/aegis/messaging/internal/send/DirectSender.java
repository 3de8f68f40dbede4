package dev.aegis.messaging.internal.send;

import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ThreadWatch;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.store.SendStatements;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages that belong to no transaction: as many in one insert as were emitted while the last one ran. They are
 * durable when their callback is called. What waits here is bounded in bytes, for all channels together.
 */
@Singleton
class DirectSender {

    private static final int MAX_BATCH = 1000;
    private static final long MAX_BYTES = 64L << 20;

    private static final Logger LOG = Logger.getLogger(DirectSender.class);

    private record Pending(NewMessage message, Consumer<@Nullable Throwable> ended) {}

    private final TransactionOutboxes outboxes;
    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final List<Runnable> whenThereIsRoom = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;
    private boolean started;

    DirectSender(TransactionOutboxes outboxes, ConnectorThreads threads) {
        this.outboxes = outboxes;
        this.thread = threads.create("aegis-sender", this::run);
    }

    /**
     * Sends {@code message}, and calls {@code ended} with the failure, or with null when it is durable.
     *
     * @throws IllegalStateException when there is no room for it
     */
    void send(NewMessage message, Consumer<@Nullable Throwable> ended) {
        if (waiting.getAndAdd(message.size()) >= MAX_BYTES) {
            waiting.addAndGet(-message.size());
            throw new IllegalStateException(
                    "messages of " + (MAX_BYTES >> 20) + " MiB wait to be sent: the database does not keep up");
        }
        queue.add(new Pending(message, ended));
    }

    /** How many bytes there is room for. The last message that is taken may be larger. */
    long room() {
        return Math.max(0, MAX_BYTES - waiting.get());
    }

    /** Calls {@code channel} whenever some of what waited was sent. */
    void whenThereIsRoom(Runnable channel) {
        whenThereIsRoom.add(channel);
    }

    synchronized void start() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /** Sends what was emitted, and ends; waits for that at most {@code timeout}. */
    synchronized void stop(Duration timeout) {
        running = false;
        thread.interrupt();
        try {
            thread.join(timeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(ThreadWatch watch) {
        while (running || !queue.isEmpty()) {
            var pending = new ArrayList<Pending>();
            if (queue.drainTo(pending, MAX_BATCH) == 0) {
                watch.waits();
                awaitFirst(pending);
            }
            watch.round(() -> {
                send(pending, watch);
                whenThereIsRoom.forEach(Runnable::run);
            });
        }
    }

    /** Waits for a message; the end of this sender interrupts that. */
    private void awaitFirst(List<Pending> pending) {
        try {
            pending.add(queue.take());
            queue.drainTo(pending, MAX_BATCH - 1);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    private void send(List<Pending> pending, ThreadWatch watch) {
        if (pending.isEmpty()) {
            return;
        }
        watch.works();
        List<NewMessage> sent;
        try {
            sent = insert(pending.stream().map(Pending::message).toList());
        } catch (SQLException | RuntimeException | Error e) {
            if (pending.size() > 1 && isRefusal(e)) {
                // One message that the database refuses must not take the others with it.
                pending.forEach(one -> send(List.of(one), watch));
            } else {
                pending.forEach(one -> end(one, e));
            }
            return;
        }
        try {
            outboxes.sent(sent);
        } finally {
            pending.forEach(one -> end(one, null));
        }
    }

    /** All of them or none: they may need several statements. */
    private List<NewMessage> insert(List<NewMessage> messages) throws SQLException {
        try (var connection = outboxes.connection()) {
            return messages.size() == 1
                    ? SendStatements.insert(connection, messages)
                    : ConnectorDatabase.inTransaction(
                            connection, transaction -> SendStatements.insert(transaction, messages));
        }
    }

    /** What one caller does on hearing of it must not keep the others from hearing. */
    private void end(Pending one, @Nullable Throwable failure) {
        waiting.addAndGet(-one.message().size());
        try {
            one.ended().accept(failure);
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "The sender of a message to %s failed on its outcome",
                    one.message().destination());
        }
    }

    /** Class 22 of SQLSTATE, data exception: the statement was read and one of its values refused. */
    private static boolean isRefusal(Throwable e) {
        return e instanceof SQLException refused
                && refused.getSQLState() != null
                && refused.getSQLState().startsWith("22");
    }
}
