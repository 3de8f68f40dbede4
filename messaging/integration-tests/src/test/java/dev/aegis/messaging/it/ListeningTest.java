package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Only the session of the consumer listens, whatever became of earlier ones. */
@QuarkusTest
class ListeningTest extends MessagingTest {

    private static final int OWN_CONNECTIONS = 3;

    @Inject
    ConnectorDatabase connector;

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    private String consumer() {
        return String.join(" ", query("SELECT id FROM messaging.consumer"));
    }

    @Test
    void aConnectionThatIsGivenBackDoesNotListen() throws SQLException {
        for (var i = 0; i < 4; i++) {
            var before = consumer();
            execute("DELETE FROM messaging.consumer");
            eventually().until(() -> !consumer().isEmpty() && !consumer().equals(before));
        }
        execute("SELECT pg_notify('messaging.plain', '') FROM generate_series(1, 3)");

        var pool = new ArrayList<Connection>();
        try {
            for (var i = 0; i < OWN_CONNECTIONS; i++) {
                pool.add(connector.own());
            }
            for (var connection : pool) {
                assertThat(heardBy(connection)).isZero();
                assertThat(connection.unwrap(PGConnection.class).getNotifications())
                        .isEmpty();
            }
        } finally {
            for (var connection : pool) {
                connection.close();
            }
        }
    }

    @Test
    void howeverMuchIsSentItsQueueIsNotifiedOnceInFiveMilliseconds() throws SQLException {
        try (var ear = database.connect();
                var listen = ear.createStatement()) {
            listen.execute("LISTEN \"messaging.ledger\"");
            var begun = System.nanoTime();
            for (var i = 0; i < 300; i++) {
                var name = "sent " + i;
                QuarkusTransaction.requiringNew().run(() -> ledger.send(Entry.of(name)));
            }
            eventually().until(() -> count("effect") == 300 && isDrained());
            var milliseconds = (System.nanoTime() - begun) / 1_000_000;

            listen.execute("SELECT 1"); // what was sent to it is read with the response
            assertThat(ear.unwrap(PGConnection.class).getNotifications())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo((int) milliseconds / 5 + 2);
        }
    }

    private static int heardBy(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_listening_channels()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
