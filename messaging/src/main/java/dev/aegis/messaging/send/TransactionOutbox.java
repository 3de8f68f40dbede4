package dev.aegis.messaging.send;

import dev.aegis.messaging.store.KeyStatements;
import dev.aegis.messaging.store.NewMessage;
import dev.aegis.messaging.store.OrderingLane;
import dev.aegis.messaging.store.SendStatements;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The messages of one transaction, in the order of sending. They are inserted together just before it commits. Travels
 * with each message as metadata, because the streams between the emitter and the connector lose the transaction.
 */
final class TransactionOutbox implements Synchronization {

    private final Outboxes outboxes;
    private List<NewMessage> messages = new ArrayList<>();
    private final Set<OrderingLane> entered = new HashSet<>();
    private List<NewMessage> sent = List.of();
    private boolean inserted;
    private boolean failed;

    TransactionOutbox(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    synchronized void add(NewMessage message) {
        if (inserted) {
            throw new IllegalStateException("the transaction is being committed: it sends no more messages");
        }
        messages.add(message);
    }

    synchronized void lockKeys(Connection connection, Collection<OrderingLane> lanes) throws SQLException {
        if (messages.stream().anyMatch(NewMessage::hasKey)) {
            // What is locked is what is inserted, whatever is bound or unbound meanwhile.
            messages = new ArrayList<>(SendStatements.fannedOut(connection, messages));
            entered.addAll(KeyStatements.lock(connection, messages, lanes));
        }
    }

    /** A message of this transaction could not be taken: then nothing of the transaction may be committed. */
    synchronized void fail() {
        failed = true;
    }

    @Override
    public synchronized void beforeCompletion() {
        inserted = true;
        if (failed) {
            throw new IllegalStateException("a message of this transaction could not be sent");
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

    @Override
    public synchronized void afterCompletion(int status) {
        if (status == Status.STATUS_COMMITTED) {
            outboxes.sent(sent);
        }
    }
}
