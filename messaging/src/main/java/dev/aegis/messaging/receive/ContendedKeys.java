package dev.aegis.messaging.receive;

import dev.aegis.messaging.consumer.ConsumerSession;
import dev.aegis.messaging.consumer.Outage;
import dev.aegis.messaging.store.ClaimStatements;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.store.ConnectorDatabase;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Waits with claimed messages whose unique key some sender is just deciding on: they are handled after its transaction has
 * ended, so that what it wrote is seen, or after it made the message wait no longer.
 */
@Singleton
class ContendedKeys {

    private static final long LOOK_EVERY_MILLIS = 5;

    private final ConnectorDatabase database;
    private final ConsumerSession session;
    private final Outage outage = new Outage("The freeing of unique keys");

    ContendedKeys(ConnectorDatabase database, ConsumerSession session) {
        this.database = database;
        this.session = session;
    }

    /** What takes a message whose key is free. */
    interface Taking {
        void run() throws SQLException;
    }

    /** Calls {@code whenFree} as soon as the key of {@code message} is free; never when the claim is lost meanwhile. */
    void await(ClaimedMessage message, Taking whenFree) {
        look(message, whenFree, LOOK_EVERY_MILLIS);
    }

    private void look(ClaimedMessage message, Taking whenFree, long millis) {
        Infrastructure.getDefaultWorkerPool()
                .schedule(() -> tryToFree(message, whenFree), millis, TimeUnit.MILLISECONDS);
    }

    private void tryToFree(ClaimedMessage message, Taking whenFree) {
        var claim = message.claim();
        if (!session.holds(claim.consumer())) {
            return;
        }
        try {
            var contended = database.own(
                    connection -> ClaimStatements.freeUniqueKeys(connection, claim.queue(), List.of(message)));
            outage.ended();
            if (contended.isEmpty()) {
                whenFree.run();
            } else {
                look(message, whenFree, LOOK_EVERY_MILLIS);
            }
        } catch (SQLException e) {
            outage.began(e);
            look(message, whenFree, outage.backoff().toMillis());
        }
    }
}
