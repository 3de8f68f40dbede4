package dev.aegis.messaging.settle;

import dev.aegis.messaging.consumer.ConsumerSession;
import dev.aegis.messaging.consumer.Outage;
import dev.aegis.messaging.store.ConnectorDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Writes down what becomes of failed messages. While the database is away it tries again, as long as the claims hold. */
@Singleton
class Settlements {

    /** How often the observers of a dead letter may fail before it is moved without them. */
    private static final int ATTEMPTS_WITH_OBSERVERS = 3;

    private static final Logger LOG = Logger.getLogger(Settlements.class);

    private final ConnectorDatabase database;
    private final ConsumerSession session;
    private final Outage outage = new Outage("The settling of failed messages");

    Settlements(ConnectorDatabase database, ConsumerSession session) {
        this.database = database;
        this.session = session;
    }

    /** What is to be written, in one transaction. */
    interface Settlement {
        void apply(Connection connection, boolean observed) throws SQLException;
    }

    /** Completes when {@code settlement} is durable, or when the claims of {@code consumer} were lost. */
    CompletionStage<Void> settle(long consumer, Settlement settlement) {
        var done = new CompletableFuture<Void>();
        Infrastructure.getDefaultWorkerPool().execute(() -> attempt(consumer, settlement, 1, done));
        return done;
    }

    private void attempt(long consumer, Settlement settlement, int attempt, CompletableFuture<Void> done) {
        try {
            QuarkusTransaction.requiringNew().call(() -> {
                try (var connection = database.application().getConnection()) {
                    settlement.apply(connection, attempt <= ATTEMPTS_WITH_OBSERVERS);
                }
                if (QuarkusTransaction.isRollbackOnly()) {
                    throw new IllegalStateException("an observer marked the transaction for rollback");
                }
                return null;
            });
            outage.ended();
            done.complete(null);
        } catch (RuntimeException e) {
            if (!session.holds(consumer)) {
                LOG.debugf("The claims of consumer %d were lost before its failures were settled", consumer);
                done.complete(null);
            } else if (Causes.isOutage(e)) {
                outage.began(e);
                again(() -> attempt(consumer, settlement, attempt, done));
            } else {
                LOG.error("The failure of a message can't be settled", e);
                again(() -> attempt(consumer, settlement, attempt + 1, done));
            }
        }
    }

    private void again(Runnable attempt) {
        var workers = Infrastructure.getDefaultWorkerPool();
        // A timer fires on an event loop, which must not wait for the database.
        var unused = workers.schedule(
                () -> workers.execute(attempt), outage.backoff().toMillis(), TimeUnit.MILLISECONDS);
    }
}
