package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.LostClaimException;
import dev.aegis.messaging.internal.send.Outboxes;
import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.SettleStatements;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** Acknowledges messages inside the transaction of their handler. */
@Singleton
class TransactionalAck {

    private final ConnectorDatabase database;
    private final TransactionSynchronizationRegistry transaction;
    private final Outboxes outboxes;

    TransactionalAck(ConnectorDatabase database, TransactionSynchronizationRegistry transaction, Outboxes outboxes) {
        this.database = database;
        this.transaction = transaction;
        this.outboxes = outboxes;
    }

    /**
     * Deletes the messages of {@code delivery} in the transaction of the calling thread. Without one it does nothing, and
     * they are acknowledged after their handler.
     *
     * @param whenCommitted called after that transaction committed
     * @param whenRolledBack called after it was rolled back
     * @return whether the messages are deleted when that transaction commits
     * @throws LostClaimException when another consumer has one of them now, or their time is over
     */
    boolean acknowledge(Delivery delivery, Runnable whenCommitted, Runnable whenRolledBack) throws SQLException {
        var status = transaction.getTransactionStatus();
        if (status == Status.STATUS_MARKED_ROLLBACK) {
            delivery.rolledBack();
            return false;
        }
        if (status != Status.STATUS_ACTIVE) {
            return false;
        }
        if (!delivery.beginDelete()) {
            if (delivery.isSettled()) {
                throw lost(delivery);
            }
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
        try (var connection = database.application().getConnection()) {
            if (!delete(connection, delivery.claims())) {
                throw lost(delivery);
            }
        }
        return true;
    }

    /** Whether the transaction of the calling thread may still be committed. */
    boolean isPossible() {
        return transaction.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    private boolean delete(Connection connection, List<Claim> claims) throws SQLException {
        // The sends of this transaction lock their keys when it commits: too late to keep the order.
        outboxes.lockKeys(
                connection,
                claims.stream()
                        .flatMap(claim -> Stream.ofNullable(claim.lane()))
                        .toList());
        return claims.size() == 1
                ? SettleStatements.delete(connection, claims.get(0))
                : SettleStatements.deleteAll(connection, claims) == claims.size();
    }

    private static LostClaimException lost(Delivery delivery) {
        var first = delivery.all().get(0).claim();
        return new LostClaimException(first.id(), first.queue());
    }
}
