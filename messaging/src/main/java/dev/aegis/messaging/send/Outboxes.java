package dev.aegis.messaging.send;

import dev.aegis.messaging.consumer.Notifier;
import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.store.NewMessage;
import dev.aegis.messaging.store.OrderingLane;
import dev.aegis.messaging.telemetry.MessagingMetrics;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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
     * Ties {@code message} to the transaction of the calling thread, if there is one.
     *
     * @throws IllegalStateException when that transaction can only be rolled back, or is ending
     */
    <T> Message<? extends T> tie(Message<? extends T> message) {
        return switch (transaction.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION -> message;
            case Status.STATUS_ACTIVE -> message.addMetadata(current());
            default ->
                throw new IllegalStateException("the transaction is marked for rollback or ending: it sends nothing");
        };
    }

    private TransactionOutbox current() {
        var outbox = (TransactionOutbox) transaction.getResource(TransactionOutbox.class);
        if (outbox == null) {
            outbox = new TransactionOutbox(this);
            transaction.putResource(TransactionOutbox.class, outbox);
            transaction.registerInterposedSynchronization(outbox);
        }
        return outbox;
    }

    /**
     * Locks the keys to which the transaction of the calling thread sends, together with {@code lanes}. Does nothing when
     * it sends to none.
     */
    public void lockKeys(Connection connection, Collection<OrderingLane> lanes) throws SQLException {
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
