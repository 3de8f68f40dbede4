package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.internal.store.Claim;
import dev.aegis.messaging.internal.store.ClaimStatements;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.SettleStatements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/** A message that a consumer took and gives back before its handling began has its unique key again. */
@QuarkusTest
class GivenBackTest extends MessagingTest {

    @Inject
    @Channel("to-nobody")
    Emitter<Object> nobody;

    @Test
    void noSecondOneIsAddedWhileItWaitsAgain() throws SQLException {
        send("first");
        var claim = claim("first", 1);
        assertThat(giveBack(claim)).isEqualTo(1);
        send("second");

        assertThat(waiting()).containsExactly("first");
    }

    @Test
    void theKeyStaysWithOneThatWasAddedMeanwhile() throws SQLException {
        send("first");
        var claim = claim("first", 1);
        send("second");
        assertThat(giveBack(claim)).isEqualTo(1);
        send("third");

        assertThat(waiting()).containsExactly("first", "second");
        assertThat(query("SELECT payload FROM messaging.message JOIN messaging.unique_reservation ON id = message_id"))
                .containsExactly("second");
    }

    @Test
    void theKeyOfOneThatWasTriedBeforeStaysFree() throws SQLException {
        send("first");
        var claim = claim("first", 2);
        assertThat(giveBack(claim)).isEqualTo(1);
        send("second");

        assertThat(waiting()).containsExactly("first", "second");
    }

    @Test
    void itIsGivenBackThoughASenderIsDecidingOnTheKey() throws SQLException {
        send("first");
        var claim = claim("first", 1);
        try (var connection = database.connect();
                var decide = connection.createStatement()) {
            connection.setAutoCommit(false);
            decide.execute("INSERT INTO messaging.unique_reservation (queue, unique_key, message_id, priority)"
                    + " VALUES ('nobody', 'a', 0, 0)");
            assertThat(giveBack(claim)).isEqualTo(1);
            connection.rollback();
        }

        assertThat(query("SELECT payload FROM messaging.message WHERE claimed_by IS NULL"))
                .containsExactly("first");
    }

    @Test
    void whoLostItsClaimDoesNotFreeTheKey() throws SQLException {
        send("first");
        var claim = claim("first", 1);
        assertThat(giveBack(claim)).isEqualTo(1);
        try (var connection = database.connect()) {
            var late = new ClaimedMessage(
                    claim, Instant.now(), null, "text/plain", null, "first", null, 5, false, null, "a", 0);
            assertThat(ClaimStatements.releaseUniqueKeys(connection, "nobody", List.of(late)))
                    .isEmpty();
        }
        send("second");

        assertThat(waiting()).containsExactly("first");
    }

    private void send(String payload) {
        QuarkusTransaction.requiringNew()
                .run(() -> nobody.send(Message.of((Object) payload)
                        .addMetadata(OutgoingPostgresqlMetadata.builder()
                                .withUniqueKey("a")
                                .build())));
    }

    /** As a consumer does that takes messages ahead. */
    private Claim claim(String payload, int attempt) throws SQLException {
        var id = Long.parseLong(query("SELECT id FROM messaging.message WHERE payload = '" + payload + "'")
                .get(0));
        var consumer =
                Long.parseLong(query("SELECT min(id) FROM messaging.consumer").get(0));
        execute(String.format(
                Locale.ROOT,
                "UPDATE messaging.message SET claimed_by = %d, claimed_at = now(), attempt = %d WHERE id = %d",
                consumer,
                attempt,
                id));
        execute(String.format(
                Locale.ROOT,
                "SELECT messaging_internal.release_unique_keys('nobody', ARRAY['a'], ARRAY[%d::bigint])",
                id));
        return new Claim("nobody", 0, id, attempt, consumer, null);
    }

    private int giveBack(Claim claim) throws SQLException {
        try (var connection = database.connect()) {
            return SettleStatements.release(connection, List.of(claim));
        }
    }

    private List<String> waiting() {
        return query("SELECT payload FROM messaging.message ORDER BY id");
    }
}
