package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.internal.PostgresqlConnector;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.health.HealthReport;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** Connections die and the server goes away; no message is lost, and none has its effect twice. */
@QuarkusTest
class OutageTest extends MessagingTest {

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    /** As in the settings of the tests. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    @Inject
    Diary diary;

    @Inject
    @Connector(PostgresqlMessaging.CONNECTOR)
    PostgresqlConnector connector;

    @Test
    void aMessageWhoseNotificationWasLostIsFoundByThePoll() throws Exception {
        execute(
                "INSERT INTO messaging.message (queue, content_type, payload) VALUES ('plain', 'text/plain', 'unannounced')");

        eventually().until(() -> diary.entries().contains("unannounced"));
        eventually().until(this::isDrained);
    }

    @Test
    void aConsumerThatWasStruckFromTheRegisterRegistersAnewAndGoesOn() throws Exception {
        var before = query("SELECT id FROM messaging.consumer");
        execute("DELETE FROM messaging.consumer");

        eventually().until(() -> !query("SELECT id FROM messaging.consumer").isEmpty());
        assertThat(query("SELECT id FROM messaging.consumer")).doesNotContainAnyElementsOf(before);
        ledger.send(Entry.of("after it")).toCompletableFuture().join();
        eventually().until(() -> effects().contains("after it"));
    }

    @Test
    void aMessageThatWasLockedWhenItsConsumerWasGivenUpWaitsAgainLater() throws Exception {
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at)"
                + " VALUES ('gone', 'gone', 1, '{plain}', now() - interval '1 hour')");
        try (var connection = database.connect();
                var handler = connection.createStatement()) {
            // As the transaction of a handler whose host is gone, of which the server does not know yet.
            connection.setAutoCommit(false);
            handler.execute("INSERT INTO messaging.message (queue, content_type, payload, claimed_by, attempt)"
                    + " SELECT 'plain', 'text/plain', 'locked', id, 1 FROM messaging.consumer WHERE host = 'gone'");
            connection.commit();
            handler.execute("SELECT FROM messaging.message WHERE payload = 'locked' FOR UPDATE");

            eventually().until(() -> count("messaging.consumer WHERE host = 'gone'") == 0);
            awaitBeats(3);
            assertThat(diary.entries()).doesNotContain("locked");
            connection.rollback();
        }

        eventually().until(() -> diary.entries().contains("locked"));
        eventually().until(this::isDrained);
    }

    @Test
    void aDeadConsumerWhoseLastHeartbeatIsInTheFutureLosesItsClaims() throws Exception {
        register("ahead", "now() + interval '1 day'");
        execute("INSERT INTO messaging.message (queue, content_type, payload, claimed_by, attempt)"
                + " SELECT 'plain', 'text/plain', 'of one ahead', id, 1 FROM messaging.consumer WHERE host = 'ahead'");

        eventually().until(() -> diary.entries().contains("of one ahead"));
        assertThat(count("messaging.consumer WHERE host = 'ahead'")).isZero();
    }

    @Test
    void aConsumerThatBeatsIsNotStruckWhateverTheTimesOfItsHeartbeats() throws Exception {
        register("behind", "now() - interval '1 day'");
        var begin = System.nanoTime();
        while (System.nanoTime() - begin < 2 * TIMEOUT.toNanos()) {
            execute("UPDATE messaging.consumer SET heartbeat_at = now() - interval '1 day' WHERE host = 'behind'");
            awaitBeats(1);
        }

        assertThat(count("messaging.consumer WHERE host = 'behind'")).isOne();
        execute("DELETE FROM messaging.consumer WHERE host = 'behind'");
    }

    private void register(String host, String heartbeat) throws SQLException {
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at) VALUES ('" + host
                + "', '" + host + "', 1, '{plain}', " + heartbeat + ")");
    }

    private void awaitBeats(int beats) {
        for (var i = 0; i < beats; i++) {
            var last = query("SELECT max(heartbeat_at) FROM messaging.consumer WHERE pid > 1");
            eventually().until(() -> !query("SELECT max(heartbeat_at) FROM messaging.consumer WHERE pid > 1")
                    .equals(last));
        }
    }

    @Test
    void aConsumerThatHangsInTheDatabaseFailsTheLivenessCheckUntilItGoesOn() throws Exception {
        assertThat(connector.getLiveness().isOk()).isTrue();
        try (var connection = database.connect();
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE messaging.message");

            // The thread of the heartbeat hangs, too, when it has messages of a dead consumer to free.
            eventually().until(() -> stuck().anyMatch(
                            channel -> channel.getChannel().startsWith("aegis-queue-")));
            assertThat(stuck())
                    .allSatisfy(channel -> assertThat(channel.getMessage()).startsWith("stuck for "));
            assertThat(connector.getLiveness().isOk()).isFalse();
            connection.rollback();
        }

        eventually().until(() -> connector.getLiveness().isOk());
        ledger.send(Entry.of("after it")).toCompletableFuture().join();
        eventually().until(() -> effects().contains("after it"));
    }

    private Stream<HealthReport.ChannelInfo> stuck() {
        return connector.getLiveness().getChannels().stream().filter(channel -> !channel.isOk());
    }

    @Test
    void killedConnectionsLoseNothingAndDoubleNothing() throws Exception {
        var sent = sendUntil(() -> {
            for (var i = 0; i < 10; i++) {
                execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                var effects = count("effect");
                eventually().ignoreExceptions().until(() -> count("effect") > effects);
            }
        });

        eventually().until(this::isDrained);
        assertThat(effects()).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void aRestartOfTheServerLosesNothingAndDoublesNothing() throws Exception {
        assumeTrue(database.canRestart(), "the server of TEST_DATABASE_URL is not ours to stop");
        var sent = sendUntil(() -> {
            eventually().until(() -> count("effect") > 50);
            database.stop();
            database.start();
            var effects = count("effect");
            eventually().until(() -> count("effect") > effects + 50);
        });

        eventually().until(this::isDrained);
        assertThat(effects()).containsExactlyInAnyOrderElementsOf(sent);
    }

    private interface Disturbance {
        void run() throws Exception;
    }

    /** Sends entries, each in a transaction, until the disturbance is over; returns those whose transaction committed. */
    private CopyOnWriteArrayList<String> sendUntil(Disturbance disturbance) throws Exception {
        var sent = new CopyOnWriteArrayList<String>();
        var over = new AtomicBoolean();
        var sender = CompletableFuture.runAsync(() -> {
            for (var i = 0; !over.get() && i < 100_000; i++) {
                var name = "entry " + i;
                if (send(name)) {
                    sent.add(name);
                }
            }
        });
        try {
            disturbance.run();
        } finally {
            over.set(true);
            sender.join();
        }
        return sent;
    }

    private boolean send(String name) {
        try {
            QuarkusTransaction.requiringNew().run(() -> ledger.send(Entry.of(name)));
            return true;
        } catch (RuntimeException e) {
            // The connection may have died after the server had committed: then the message is there all the same.
            return wasSent(name);
        }
    }

    private boolean wasSent(String name) {
        return eventually().ignoreExceptions().until(() -> occurrences(name), found -> true) > 0;
    }

    private int occurrences(String name) {
        return query("SELECT 1 FROM effect WHERE name = '" + name + "' UNION SELECT 1 FROM messaging.message"
                        + " WHERE payload::jsonb ->> 'name' = '" + name
                        + "' UNION SELECT 1 FROM messaging.delayed_message"
                        + " WHERE payload::jsonb ->> 'name' = '" + name + "'")
                .size();
    }
}
