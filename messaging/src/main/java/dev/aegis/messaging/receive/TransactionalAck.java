package dev.aegis.messaging.receive;

import dev.aegis.messaging.LostClaimException;
import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.store.SettleStatements;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;

/** Acknowledges a message inside the transaction of its handler. */
@Singleton
class TransactionalAck {

    private final ConnectorDatabase database;
    private final TransactionSynchronizationRegistry transaction;

    TransactionalAck(ConnectorDatabase database, TransactionSynchronizationRegistry transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /**
     * Deletes the message of {@code delivery} in the transaction of the calling thread. Without one it does nothing, and
     * the message is acknowledged after its handler.
     *
     * @param whenCommitted called after that transaction committed
     * @param whenRolledBack called after it was rolled back
     * @return whether the message is deleted when that transaction commits
     * @throws LostClaimException when another consumer has it now
     */
    boolean acknowledge(Delivery delivery, Runnable whenCommitted, Runnable whenRolledBack) throws SQLException {
        var status = transaction.getTransactionStatus();
        if (status == Status.STATUS_MARKED_ROLLBACK) {
            delivery.rolledBack();
            return false;
        }
        if (status != Status.STATUS_ACTIVE || !delivery.beginDelete()) {
            return false;
        }
        // Without an exception the framework takes a rolled back handler for a successful one.
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int outcome) {
                (outcome == Status.STATUS_COMMITTED ? whenCommitted : whenRolledBack).run();
            }
        });
        var claim = delivery.claim();
        try (var connection = database.application().getConnection()) {
            if (!SettleStatements.delete(connection, claim)) {
                throw new LostClaimException(claim.id(), claim.queue());
            }
        }
        return true;
    }
}
