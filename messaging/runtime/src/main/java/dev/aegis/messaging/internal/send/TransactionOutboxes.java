package dev.aegis.messaging.internal.send;

import dev.aegis.messaging.internal.consumer.Notifier;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.KeyStatements;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.store.OrderingGroup;
import dev.aegis.messaging.internal.store.SendStatements;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.quarkus.arc.ClientProxy;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of each transaction: its messages, in the order of sending, which are inserted together just before it commits.
 * What is sent after that, while it commits, has an outbox of its own.
 */
@Singleton
public class TransactionOutboxes {

    private final DataSource database;
    private final TransactionSynchronizationRegistry transaction;
    private final Notifier notifier;
    private final MessagingMetrics metrics;

    TransactionOutboxes(
            ConnectorDatabase database,
            TransactionSynchronizationRegistry transaction,
            Notifier notifier,
            MessagingMetrics metrics) {
        this.database = database.application();
        // Asked several times for each message, and there is one of it.
        this.transaction = ClientProxy.unwrap(transaction);
        this.notifier = notifier;
        this.metrics = metrics;
    }

    /**
     * Emits {@code message} to a channel of the connector, tied to the transaction of the calling thread, if there is one.
     * If that fails, nothing of the transaction is committed.
     *
     * @throws IllegalStateException when that transaction can only be rolled back, or is ending
     */
    <T> void emit(Message<? extends T> message, Consumer<Message<? extends T>> emitter) {
        switch (transaction.getTransactionStatus()) {
            // In the last ones it is over, and the thread still has it: what is sent then is sent alone.
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK ->
                emitter.accept(message);
            case Status.STATUS_ACTIVE -> {
                var ticket = ticket(true);
                try {
                    emitter.accept(message.addMetadata(ticket));
                } catch (RuntimeException e) {
                    ticket.fail(e);
                    throw e;
                }
            }
            default ->
                throw new IllegalStateException("the transaction is marked for rollback or ending: it sends nothing");
        }
    }

    /**
     * Emits {@code message} to a method of the application, which may pass it on to a channel of the connector: tied to the
     * transaction of the calling thread, if one is active, and otherwise as it is.
     */
    <T> void emitInside(Message<? extends T> message, Consumer<Message<? extends T>> emitter) {
        emitter.accept(
                transaction.getTransactionStatus() == Status.STATUS_ACTIVE
                        ? message.addMetadata(ticket(false))
                        : message);
    }

    private Ticket ticket(boolean awaited) {
        return Optional.ofNullable((Outbox) transaction.getResource(Outbox.class))
                .flatMap(outbox -> outbox.ticket(awaited))
                .or(() -> open().ticket(awaited))
                .orElseThrow();
    }

    private Outbox open() {
        var outbox = new Outbox(this);
        try {
            transaction.registerInterposedSynchronization(outbox);
        } catch (IllegalStateException e) {
            // Who sends may catch this, or be an observer whose exceptions nobody hears of.
            transaction.setRollbackOnly();
            throw e;
        }
        transaction.putResource(Outbox.class, outbox);
        return outbox;
    }

    /**
     * Locks the keys to which the transaction of the calling thread sends, together with {@code groups}. Does nothing when
     * it sends to none.
     */
    public void lockKeys(Connection connection, Collection<OrderingGroup> groups) throws SQLException {
        var outbox = (Outbox) transaction.getResource(Outbox.class);
        if (outbox != null) {
            outbox.lockKeys(connection, groups);
        }
    }

    /** A connection in the transaction of the calling thread. */
    Connection connection() throws SQLException {
        return database.getConnection();
    }

    /** Messages were committed. */
    void sent(List<NewMessage> messages) {
        var perQueue = new HashMap<String, Integer>();
        for (var message : messages) { // no stream: nearly always one message
            perQueue.merge(message.destination(), 1, Integer::sum);
        }
        perQueue.forEach(metrics::sent);
        notifier.signal(perQueue.keySet());
    }

    /**
     * Ties a message to the transaction. Travels with it as metadata, because the streams between the emitter and the
     * connector lose the transaction.
     */
    static final class Ticket {

        private final Outbox outbox;
        private boolean awaited;

        private Ticket(Outbox outbox, boolean awaited) {
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

    /** The messages of one transaction. */
    private static final class Outbox implements Synchronization {

        /** How long messages may be on the way from the emitter, where a channel holds them back. */
        private static final Duration MAX_WAIT = Duration.ofSeconds(10);

        private final TransactionOutboxes outboxes;
        private final Set<OrderingGroup> entered = new HashSet<>();
        private final CompletableFuture<Boolean> committed = new CompletableFuture<>();
        private List<NewMessage> messages = new ArrayList<>();
        private List<NewMessage> sent = List.of();
        private int onTheWay;
        private boolean closed;
        private @Nullable Throwable failure;

        Outbox(TransactionOutboxes outboxes) {
            this.outboxes = outboxes;
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

        synchronized void lockKeys(Connection connection, Collection<OrderingGroup> groups) throws SQLException {
            if (messages.stream().anyMatch(NewMessage::hasKey)) {
                // What is locked is what is inserted, whatever is subscribed or unsubscribed meanwhile.
                messages = new ArrayList<>(SendStatements.fannedOut(connection, messages));
                entered.addAll(KeyStatements.lock(connection, messages, groups));
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
                if (!entered.isEmpty()) {
                    KeyStatements.unblockNext(connection, entered);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(
                        "could not send " + messages.size() + " messages: " + e.getMessage(), e);
            }
        }

        private synchronized void awaitMessages() {
            var deadline = System.nanoTime() + MAX_WAIT.toNanos();
            while (onTheWay > 0 && failure == null) {
                var left = deadline - System.nanoTime();
                if (left <= 0) {
                    failure = new IllegalStateException(
                            onTheWay
                                    + " messages were held back by their channel for longer than "
                                    + MAX_WAIT.toSeconds()
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
}
