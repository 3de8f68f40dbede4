package dev.aegis.messaging.internal.send;

import dev.aegis.messaging.internal.consumer.Notifier;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.NewMessage;
import dev.aegis.messaging.internal.store.OrderingGroup;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Gives each transaction its outbox. */
@Singleton
public class Outboxes {

    private final ConnectorDatabase database;
    private final TransactionSynchronizationRegistry transaction;
    private final Notifier notifier;
    private final MessagingMetrics metrics;

    Outboxes(
            ConnectorDatabase database,
            TransactionSynchronizationRegistry transaction,
            Notifier notifier,
            MessagingMetrics metrics) {
        this.database = database;
        this.transaction = transaction;
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

    private TransactionOutbox.Ticket ticket(boolean awaited) {
        return Optional.ofNullable((TransactionOutbox) transaction.getResource(TransactionOutbox.class))
                .flatMap(outbox -> outbox.ticket(awaited))
                .or(() -> open().ticket(awaited))
                .orElseThrow();
    }

    private TransactionOutbox open() {
        var outbox = new TransactionOutbox(this);
        try {
            transaction.registerInterposedSynchronization(outbox);
        } catch (IllegalStateException e) {
            // Who sends may catch this, or be an observer whose exceptions nobody hears of.
            transaction.setRollbackOnly();
            throw e;
        }
        transaction.putResource(TransactionOutbox.class, outbox);
        return outbox;
    }

    /**
     * Locks the keys to which the transaction of the calling thread sends, together with {@code lanes}. Does nothing when
     * it sends to none.
     */
    public void lockKeys(Connection connection, Collection<OrderingGroup> lanes) throws SQLException {
        var outbox = (TransactionOutbox) transaction.getResource(TransactionOutbox.class);
        if (outbox != null) {
            outbox.lockKeys(connection, lanes);
        }
    }

    /** A connection in the transaction of the calling thread. */
    Connection connection() throws SQLException {
        return database.application().getConnection();
    }

    /** Messages were committed. */
    void sent(List<NewMessage> messages) {
        var perQueue = messages.stream().collect(Collectors.groupingBy(NewMessage::destination, Collectors.counting()));
        perQueue.forEach((queue, count) -> metrics.sent(queue, count.intValue()));
        notifier.signal(perQueue.keySet());
    }
}
