package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.internal.receive.IncomingChannels;
import dev.aegis.messaging.it.Entry.Mishap;
import dev.aegis.testing.PgBouncer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/** Behind a PgBouncer in transaction mode, where no session lasts, all promises hold. */
@QuarkusTest
@TestProfile(BehindPgBouncer.Profile.class)
@EnabledIf(
        value = "isThereAPgBouncer",
        disabledReason = "there is no pgbouncer on this machine (apt-get install pgbouncer)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PollOnlyTest extends MessagingTest {

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    @Inject
    @Channel("to-plain")
    Emitter<String> plain;

    @Inject
    Ledger handler;

    @Inject
    Diary diary;

    @Inject
    IncomingChannels channels;

    protected PgBouncer bouncer;

    static boolean isThereAPgBouncer() {
        return PgBouncer.isInstalled();
    }

    @Test
    void eachMessageHasItsEffectOnce() {
        IntStream.range(0, 10)
                .forEach(transaction -> QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 20)
                        .forEach(i -> ledger.send(Entry.of("entry " + transaction + "." + i)))));
        IntStream.range(0, 100).forEach(i -> ledger.send(Entry.of("alone " + i))
                .toCompletableFuture()
                .join());

        eventually().until(() -> count("effect") == 300 && isDrained());
        assertThat(query("SELECT name FROM effect GROUP BY name HAVING count(*) > 1"))
                .isEmpty();
        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
    }

    @Test
    void aTransactionThatIsRolledBackSendsNothing() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    ledger.send(Entry.of("never"));
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");

        assertThat(isDrained()).isTrue();
        assertThat(effects()).isEmpty();
    }

    @Test
    void aHandlerWithoutATransactionIsAcknowledged() {
        plain.send("pooled");

        eventually().until(() -> diary.entries().contains("pooled") && isDrained());
    }

    @Test
    void aFailedMessageIsTriedAgainAndALostConnectionIsReplaced() {
        ledger.send(new Entry("failed", Mishap.FAILS_ONCE));
        ledger.send(new Entry("cut off", Mishap.CONNECTION_DIES_ONCE));
        ledger.send(new Entry("hopeless", Mishap.FAILS_ALWAYS));

        eventually().until(() -> count("effect") == 3 && isDrained());
        assertThat(query("SELECT name || ' ' || attempt FROM effect ORDER BY name"))
                .containsExactly("cut off 2", "failed 2", "given up: hopeless 5");
        assertThat(count("messaging.dead_letter")).isEqualTo(1);
    }

    @Test
    void aDelayedMessageIsHandledWhenItIsDue() {
        var sent = System.nanoTime();
        ledger.send(Message.of(Entry.of("delayed"))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withDelay(Duration.ofSeconds(1))
                        .build()));

        eventually().until(() -> count("effect") == 1 && isDrained());
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void theMessagesOfASilentConsumerWaitAgain() throws Exception {
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at)"
                + " VALUES ('dead', 'nowhere', 1, '{ledger}', now())");
        execute("INSERT INTO messaging.message (queue, content_type, payload, claimed_by, claimed_at, attempt)"
                + " SELECT 'ledger', 'application/json', '{\"name\": \"rescued\", \"mishap\": \"NONE\"}', id, now(), 1"
                + " FROM messaging.consumer WHERE application_name = 'dead'");

        eventually().until(() -> effects().contains("rescued") && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsExactly("2");
        assertThat(count("messaging.consumer")).isEqualTo(1);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void nothingIsLeftInTheSessionsOfTheServer() throws SQLException {
        var sessions = new ArrayList<Connection>();
        try {
            // As many transactions at once as there are sessions, while the connector uses them in between.
            for (var i = 0; i < BehindPgBouncer.SESSIONS; i++) {
                var session = DriverManager.getConnection(bouncer.jdbcUrl(), database.username(), database.password());
                sessions.add(session);
                session.setAutoCommit(false);
                assertThat(settingsOf(session)).isEqualTo("on on on on auto, 0 prepared, 0 heard, 0 locks");
            }
        } finally {
            for (var session : sessions) {
                session.close();
            }
        }
    }

    private static String settingsOf(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("""
                        SELECT concat_ws(' ', current_setting('synchronous_commit'), current_setting('enable_seqscan'),
                                   current_setting('enable_bitmapscan'), current_setting('enable_sort'),
                                   current_setting('plan_cache_mode'))
                               || ', ' || (SELECT count(*) FROM pg_prepared_statements) || ' prepared, '
                               || (SELECT count(*) FROM pg_listening_channels()) || ' heard, '
                               || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') || ' locks'""")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aProcessThatStopsGivesBackWhatItDidNotBegin() {
        var gate = handler.closeGate();
        IntStream.range(0, 20).forEach(i -> ledger.send(new Entry("entry " + i, Mishap.WAITS)));
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL") > 0);

        var stopping = CompletableFuture.runAsync(channels::stop);
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NULL") >= 16);
        gate.countDown();
        stopping.join();

        assertThat(effects()).hasSize(20 - (int) count("messaging.message"));
        assertThat(query("SELECT DISTINCT attempt FROM messaging.message")).containsExactly("0");
        assertThat(count("messaging.consumer")).isZero();
    }
}
