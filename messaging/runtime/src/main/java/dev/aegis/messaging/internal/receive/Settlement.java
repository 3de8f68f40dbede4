package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.LostClaimException;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.send.TransactionOutboxes;
import dev.aegis.messaging.internal.settle.Acknowledger;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.SettleStatements;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.quarkus.arc.ClientProxy;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Ends deliveries: deletes what was handled, inside the transaction of the handler or after it, and decides on what failed. */
@Singleton
class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final ConnectorDatabase database;
    private final TransactionSynchronizationRegistry transaction;
    private final TransactionOutboxes outboxes;
    private final ConsumerRegistration registration;
    private final Acknowledger acknowledger;
    private final Failures failures;
    private final MessagingMetrics metrics;

    Settlement(
            ConnectorDatabase database,
            TransactionSynchronizationRegistry transaction,
            TransactionOutboxes outboxes,
            ConsumerRegistration registration,
            Acknowledger acknowledger,
            Failures failures,
            MessagingMetrics metrics) {
        this.database = database;
        // Asked several times for each message, and there is one of it.
        this.transaction = ClientProxy.unwrap(transaction);
        this.outboxes = outboxes;
        this.registration = registration;
        this.acknowledger = acknowledger;
        this.failures = failures;
        this.metrics = metrics;
    }

    /** The handler has returned, or acknowledges its messages itself, perhaps in its transaction. */
    CompletionStage<Void> succeeded(Delivery delivery) {
        if (delivery.takeShared() != null && delivery.messages().size() > 1) {
            return failed(delivery, new IllegalStateException("only the first of these messages was handled"));
        }
        if (delivery.isRolledBack()) {
            return rolledBack(delivery);
        }
        if (!delivery.isDeleted()) {
            try {
                if (deleteInTransaction(delivery, () -> handled(delivery), () -> rolledBack(delivery))) {
                    return DONE;
                }
            } catch (SQLException | LostClaimException e) {
                return CompletableFuture.failedStage(e);
            }
            if (delivery.isSettled()) {
                return DONE;
            }
            delivery.claims().forEach(acknowledger::acknowledge);
        }
        handled(delivery);
        return DONE;
    }

    /**
     * Deletes the messages of a transactional handler that has returned, in its transaction. The framework acknowledges them
     * after the commit, and that ends the delivery.
     *
     * @throws LostClaimException when another consumer has one of them now, or their handler took too long
     */
    void deleteInTransaction(Delivery delivery) throws SQLException {
        deleteInTransaction(delivery, () -> {}, delivery::rolledBack);
    }

    /** Whether the messages are deleted when the transaction of the calling thread commits. */
    private boolean deleteInTransaction(Delivery delivery, Runnable whenCommitted, Runnable whenRolledBack)
            throws SQLException {
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
    boolean canCommit() {
        return transaction.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    private boolean delete(Connection connection, List<Claim> claims) throws SQLException {
        // The sends of this transaction lock their keys when it commits: too late to keep the order.
        outboxes.lockKeys(
                connection,
                claims.stream()
                        .flatMap(claim -> Stream.ofNullable(claim.orderingGroup()))
                        .toList());
        return claims.size() == 1
                ? SettleStatements.delete(connection, claims.get(0))
                : SettleStatements.deleteAll(connection, claims) == claims.size();
    }

    private static LostClaimException lost(Delivery delivery) {
        var first = delivery.messages().get(0).claim();
        return new LostClaimException(first.id(), first.queue());
    }

    private void handled(Delivery delivery) {
        if (delivery.settle()) {
            delivery.handling().ended(null);
            metrics.handled(
                    delivery.queue(), delivery.age(), delivery.messages().size());
            delivery.listener().settled(delivery);
        }
    }

    private CompletionStage<Void> rolledBack(Delivery delivery) {
        return failed(delivery, new RollbackException("the transaction of the handler was rolled back"));
    }

    /** The handler failed. Completes when that is settled; exceptionally when the channel shall stop. */
    CompletionStage<Void> failed(Delivery delivery, Throwable failure) {
        return delivery.settle() ? fail(delivery, failure) : DONE;
    }

    /** The handler has not returned in time. Does nothing when its transaction is about to delete the messages. */
    void timedOut(Delivery delivery) {
        if (delivery.settleUnlessDeleted()) {
            var unused = fail(
                    delivery,
                    new TimeoutException("the handler did not end within "
                            + delivery.settings().handlerTimeout()));
        }
    }

    private CompletionStage<Void> fail(Delivery delivery, Throwable failure) {
        delivery.handling().ended(failure);
        var messages = delivery.messages();
        var settings = delivery.settings();
        if (settings.sharesTransactions() && messages.size() > 1) {
            LOG.infof(
                    "A transaction of %d messages of queue %s failed, and each is handled alone",
                    messages.size(), delivery.queue());
            return handleAlone(delivery, messages);
        }
        if (Failures.isTriedAtOnce(messages, failure, settings.abortOn())) {
            LOG.debugf(failure, "A handler of queue %s lost against other transactions", delivery.queue());
            return handleAlone(
                    delivery,
                    messages.stream().map(ClaimedMessage::afterConflict).toList());
        }
        return fail(messages, failure, settings, delivery.listener()::stopChannel)
                .whenComplete((done, error) -> delivery.listener().settled(delivery));
    }

    /** The messages are handled again, each alone and at the same attempt: the failure may not be theirs. */
    private CompletionStage<Void> handleAlone(Delivery delivery, List<ClaimedMessage> again) {
        if (!registration.holds(again.get(0).claim().consumer())) {
            delivery.listener().settled(delivery);
            return DONE;
        }
        return delivery.listener().handleAlone(delivery, again)
                ? DONE
                : failures.released(again)
                        .whenComplete((done, error) -> delivery.listener().settled(delivery));
    }

    /**
     * Settles messages as the failure strategy decides. Completes when that is durable, or when the claims were lost;
     * exceptionally when the channel stops.
     *
     * @param stopChannel called when the failure strategy stops the channel
     */
    CompletionStage<Void> fail(
            List<ClaimedMessage> messages, Throwable failure, IncomingSettings settings, Runnable stopChannel) {
        messages.forEach(message -> metrics.failed(settings.queue()));
        var actions = failures.decide(messages, failure, settings.failureHandler(), settings.maxAttempts());
        if (actions.stream().noneMatch(FailureAction::stopsChannel)) {
            return failures.settle(messages, failure, actions);
        }
        stopChannel.run();
        return failures.settle(messages, failure, actions).thenCompose(done -> CompletableFuture.failedStage(failure));
    }
}
