package dev.aegis.messaging.internal.send;

import dev.aegis.messaging.internal.store.KeyStatements;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.store.OrderingGroup;
import dev.aegis.messaging.internal.store.SendStatements;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one transaction, in the order of sending. They are inserted together just before it commits. What is sent
 * after that, while it commits, has an outbox of its own.
 */
final class TransactionOutbox implements Synchronization {

    /** How long messages may be on the way from the emitter, where a channel holds them back. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Outboxes outboxes;
    private final Set<OrderingGroup> entered = new HashSet<>();
    private final CompletableFuture<Boolean> committed = new CompletableFuture<>();
    private List<NewMessage> messages = new ArrayList<>();
    private List<NewMessage> sent = List.of();
    private int onTheWay;
    private boolean closed;
    private @Nullable Throwable failure;

    TransactionOutbox(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    /**
     * Ties a message to the transaction. Travels with it as metadata, because the streams between the emitter and the
     * connector lose the transaction.
     */
    static final class Ticket {

        private final TransactionOutbox outbox;
        private boolean awaited;

        private Ticket(TransactionOutbox outbox, boolean awaited) {
            this.outbox = outbox;
            this.awaited = awaited;
        }

        /**
         * Hands the message in; once for each channel that it reaches, the first of which is the one that is awaited. False
         * when it is too late for its transaction.
         */
        boolean handIn(NewMessage message) {
            return outbox.add(message, this);
        }

        /** The message could not be taken: then nothing of the transaction may be committed. */
        void fail(Throwable cause) {
            outbox.fail(cause);
        }

        /** Calls {@code then} when the transaction is over, with whether it was committed. */
        void whenOver(Consumer<Boolean> then) {
            outbox.committed.thenAccept(then);
        }
    }

    /**
     * A ticket for a message; none when this outbox was emptied already.
     *
     * @param awaited whether the transaction may commit only when the message was handed in
     */
    synchronized Optional<Ticket> ticket(boolean awaited) {
        if (closed) {
            return Optional.empty();
        }
        if (awaited) {
            onTheWay++;
        }
        return Optional.of(new Ticket(this, awaited));
    }

    private synchronized boolean add(NewMessage message, Ticket ticket) {
        if (closed) {
            return false;
        }
        messages.add(message);
        if (ticket.awaited) {
            ticket.awaited = false;
            onTheWay--;
            notifyAll();
        }
        return true;
    }

    private synchronized void fail(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    synchronized void lockKeys(Connection connection, Collection<OrderingGroup> lanes) throws SQLException {
        if (messages.stream().anyMatch(NewMessage::hasKey)) {
            // What is locked is what is inserted, whatever is bound or unbound meanwhile.
            messages = new ArrayList<>(SendStatements.fannedOut(connection, messages));
            entered.addAll(KeyStatements.lock(connection, messages, lanes));
        }
    }

    @Override
    public synchronized void beforeCompletion() {
        awaitMessages();
        closed = true;
        if (failure != null) {
            throw new IllegalStateException("a message of this transaction could not be sent: " + failure, failure);
        }
        if (messages.isEmpty()) {
            return;
        }
        try (Connection connection = outboxes.connection()) {
            sent = SendStatements.insert(connection, messages);
            KeyStatements.leave(connection, entered);
        } catch (SQLException e) {
            throw new IllegalStateException("could not send " + messages.size() + " messages: " + e.getMessage(), e);
        }
    }

    private synchronized void awaitMessages() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (onTheWay > 0 && failure == null) {
            var left = deadline - System.nanoTime();
            if (left <= 0) {
                failure = new IllegalStateException(
                        onTheWay
                                + " messages were held back by their channel for longer than " + PATIENCE.toSeconds()
                                + " s, or did not reach it: @OnOverflow(DROP), a filter or an interceptor may have dropped or replaced them");
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = e;
            }
        }
    }

    @Override
    public void afterCompletion(int status) {
        List<NewMessage> done;
        synchronized (this) {
            closed = true;
            done = sent;
        }
        if (status == Status.STATUS_COMMITTED) {
            outboxes.sent(done);
        }
        committed.complete(status == Status.STATUS_COMMITTED);
    }
}
