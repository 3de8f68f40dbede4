package dev.aegis.messaging.internal.settle;

import dev.aegis.messaging.internal.consumer.Backoff;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Settles failed messages in a transaction of their own. While the database is away it tries again, as long as the claims hold. */
@Singleton
class FailureSettlement {

    private static final Logger LOG = Logger.getLogger(FailureSettlement.class);

    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final Backoff backoff = new Backoff("The settling of failed messages");

    FailureSettlement(ConnectorDatabase database, ConsumerRegistration registration) {
        this.database = database;
        this.registration = registration;
    }

    /** The statements of one settlement. */
    interface Settlement {

        /** Executes them, and returns what is to be done after the commit. */
        Runnable apply(Connection connection, Observers observers) throws SQLException;
    }

    /** Completes when {@code settlement} is durable, or when the claims of {@code consumer} were lost. */
    CompletionStage<Void> settle(long consumer, Settlement settlement) {
        return settle(consumer, settlement, null);
    }

    /** @param withoutObservers what is done instead when the observers keep failing; null when nothing else is */
    CompletionStage<Void> settle(
            long consumer, Settlement settlement, @Nullable Supplier<CompletionStage<Void>> withoutObservers) {
        var done = new CompletableFuture<Void>();
        var observers = new Observers();
        Infrastructure.getDefaultWorkerPool()
                .execute(() -> attempt(consumer, settlement, observers, withoutObservers, done));
        return done;
    }

    private void attempt(
            long consumer,
            Settlement settlement,
            Observers observers,
            @Nullable Supplier<CompletionStage<Void>> withoutObservers,
            CompletableFuture<Void> done) {
        try {
            write(settlement, observers).run();
            backoff.ended();
            done.complete(null);
        } catch (Throwable e) {
            // Tried again whatever it is: a settlement that is given up here would block its messages for good.
            if (!registration.holds(consumer)) {
                LOG.debugf("The claims of consumer %d were lost before its failures were settled", consumer);
                done.complete(null);
                return;
            }
            if (observers.haveFailed(e)) {
                LOG.warnf(e, "An observer of a dead letter failed%s", observers.areGivenUp() ? " too often" : "");
            } else {
                backoff.began(e);
            }
            if (observers.areGivenUp() && withoutObservers != null) {
                withoutObservers.get().whenComplete((settled, error) -> done.complete(null));
                return;
            }
            again(() -> attempt(consumer, settlement, observers, withoutObservers, done));
        }
    }

    private Runnable write(Settlement settlement, Observers observers) {
        observers.begin();
        return QuarkusTransaction.requiringNew().call(() -> {
            Runnable whenCommitted;
            try (var connection = database.application().getConnection()) {
                whenCommitted = settlement.apply(connection, observers);
            }
            if (QuarkusTransaction.isRollbackOnly()) {
                throw new IllegalStateException("an observer marked the transaction for rollback");
            }
            return whenCommitted;
        });
    }

    private void again(Runnable attempt) {
        var workers = Infrastructure.getDefaultWorkerPool();
        // A timer fires on an event loop, which must not wait for the database.
        var unused =
                workers.schedule(() -> workers.execute(attempt), backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }
}
