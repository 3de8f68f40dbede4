package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator removes messages that nobody has taken. Nobody consumes queue {@code nobody}. */
@QuarkusTest
class RemovingTest extends MessagingTest {

    @Inject
    Queues queues;

    @Inject
    @Channel("to-nobody")
    Emitter<String> nobody;

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> toLedger;

    @Inject
    Ledger ledger;

    @BeforeEach
    void goOn() {
        queues.resume("ledger");
    }

    private void send(OutgoingPostgresqlMetadata.Builder options) {
        nobody.send(Message.of("x").addMetadata(options.build()));
    }

    private static OutgoingPostgresqlMetadata.Builder with() {
        return OutgoingPostgresqlMetadata.builder();
    }

    private long only(String table) {
        return Long.parseLong(query("SELECT id FROM messaging." + table).get(0));
    }

    @Test
    void aMessageThatWaitsOrIsDelayedCanBeCancelledOnce() {
        nobody.send("x").toCompletableFuture().join();
        var waiting = only("message");
        assertThat(queues.cancel(waiting)).isTrue();
        assertThat(queues.cancel(waiting)).isFalse();

        send(with().withDelay(Duration.ofHours(1)));
        eventually().until(() -> count("messaging.delayed_message") == 1);
        assertThat(queues.cancel(only("delayed_message"))).isTrue();
        assertThat(isDrained()).isTrue();
    }

    @Test
    void aMessageThatWasTakenCannotBeCancelled() {
        var before = ledger.deliveries().size();
        var gate = ledger.closeGate();
        toLedger.send(new Entry("taken", Mishap.WAITS)).toCompletableFuture().join();
        eventually().until(() -> ledger.deliveries().size() > before);

        assertThat(queues.cancel(only("message"))).isFalse();
        assertThat(queues.purge("ledger")).isZero();

        gate.countDown();
        eventually().until(() -> effects().contains("taken") && isDrained());
    }

    @Test
    void aCancellationThatIsRolledBackLeavesTheMessage() {
        nobody.send("x").toCompletableFuture().join();

        QuarkusTransaction.begin();
        assertThat(queues.cancel(only("message"))).isTrue();
        QuarkusTransaction.rollback();

        assertThat(count("messaging.message")).isEqualTo(1);
    }

    @Test
    void cancellingAMessageFreesItsUniqueKey() {
        for (var delay : List.of(Duration.ZERO, Duration.ofHours(1))) {
            var options = with().withUniqueKey("only one");
            send(delay.isZero() ? options : options.withDelay(delay));
            eventually().until(() -> count("messaging.unique_reservation") == 1);

            assertThat(queues.cancel("nobody", "another")).isFalse();
            assertThat(queues.cancel("nobody", "only one")).isTrue();
            assertThat(queues.cancel("nobody", "only one")).isFalse();
            assertThat(count("messaging.unique_reservation")).isZero();
            assertThat(isDrained()).isTrue();
        }
    }

    @Test
    void cancellingAMessageLetsTheNextOfItsOrderingKeyFollow() {
        for (var i = 0; i < 3; i++) {
            send(with().withOrderingKey("account 7"));
        }
        eventually().until(() -> count("messaging.message") == 1 && count("messaging.blocked_message") == 2);
        var first = only("message");
        var last = Long.parseLong(
                query("SELECT max(id) FROM messaging.blocked_message").get(0));

        assertThat(queues.cancel(last)).isTrue();
        assertThat(queues.cancel(first)).isTrue();

        assertThat(only("message")).isGreaterThan(first).isLessThan(last);
        assertThat(count("messaging.blocked_message")).isZero();
        assertThat(queues.cancel(only("message"))).isTrue();
        assertThat(count("messaging.ordering_group")).isZero();
    }

    @Test
    void purgingLeavesOnlyWhatIsInFlightAndTheDeadLetters() throws SQLException {
        letWait(25_000);
        execute("INSERT INTO messaging.delayed_message (queue, due_at, content_type)"
                + " SELECT 'nobody', now() + interval '1 hour', 'text/plain' FROM generate_series(1, 11000)");
        execute(
                "UPDATE messaging.message SET claimed_at = now(),"
                        + " claimed_by = (SELECT min(id) FROM messaging.consumer) WHERE id IN (SELECT min(id) FROM messaging.message)");
        execute("INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, error)"
                + " VALUES (1, now(), 0, 1, 'nobody', 'text/plain', 'x')");
        for (var i = 0; i < 3; i++) {
            send(with().withOrderingKey("account 7"));
            send(with().withUniqueKey("number " + i));
            send(with().withUniqueKey("later " + i).withDelay(Duration.ofHours(1)));
            send(with().withOrderingKey("account 8").withDelay(Duration.ofHours(1)));
        }
        eventually()
                .until(() -> count("messaging.delayed_message") == 11_006 && count("messaging.blocked_message") == 2);

        assertThat(queues.purge("nobody")).isEqualTo(24_999 + 11_000 + 12);

        var depth = queues.depth("nobody");
        assertThat(List.of(depth.waiting(), depth.inFlight(), depth.delayed(), depth.blocked(), depth.dead()))
                .containsExactly(0L, 1L, 0L, 0L, 1L);
        assertThat(count("messaging.unique_reservation")).isZero();
        assertThat(count("messaging.ordering_group")).isZero();
    }

    @Test
    void purgingDoesNotWaitForThoseWhoAreAtAMessage() throws SQLException {
        send(with().withUniqueKey("mine"));
        send(with().withUniqueKey("locked"));
        letWait(2);
        eventually().until(() -> count("messaging.unique_reservation") == 2 && count("messaging.message") == 4);

        try (var other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM messaging.unique_reservation WHERE unique_key = 'locked' FOR UPDATE");
            statement.execute("SELECT FROM messaging.message WHERE unique_key IS NULL LIMIT 1 FOR UPDATE");

            assertThat(queues.purge("nobody")).isEqualTo(2);
            other.rollback();
        }
        assertThat(queues.purge("nobody")).isEqualTo(2);
    }
}
