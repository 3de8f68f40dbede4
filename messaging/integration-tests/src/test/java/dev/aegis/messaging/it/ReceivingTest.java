package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.it.Entry.Mishap;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transactional handler has its effect once, whatever happens to it. */
@QuarkusTest
class ReceivingTest extends MessagingTest {

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    @Inject
    Ledger handler;

    private void send(Entry entry) {
        ledger.send(entry).toCompletableFuture().join();
    }

    @Test
    void eachMessageHasItsEffectOnce() {
        IntStream.range(0, 500).forEach(i -> send(Entry.of("entry " + i)));

        eventually().until(() -> count("effect") == 500 && isDrained());
        assertThat(query("SELECT name FROM effect GROUP BY name HAVING count(*) > 1"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            names = {"FAILS_ONCE", "CONNECTION_DIES_ONCE", "MARKED_FOR_ROLLBACK_ONCE"})
    void aHandlerThatDidNotCommitLeavesNothingAndIsRunAgain(Mishap mishap) {
        send(new Entry("retried", mishap));

        eventually().until(() -> count("effect") == 1 && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsExactly("2");
        assertThat(count("messaging.dead_letter")).isZero();
    }

    @Test
    void aHandlerWhoseClaimWasLostCannotCommit() throws Exception {
        var before = handler.deliveries().size();
        send(new Entry("lost", Mishap.CLAIM_IS_LOST_ONCE));

        eventually()
                .until(() -> handler.deliveries().size() > before
                        && !query("SELECT 1 FROM messaging.message WHERE claimed_by = -1")
                                .isEmpty());
        assertThat(effects()).isEmpty();

        // The thief was never registered: as of a dead consumer, its message waits again.
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at)"
                + " VALUES ('dead', 'nowhere', 1, '{ledger}', now() - interval '1 hour')");
        eventually().until(() -> count("effect") == 1 && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsExactly("3");
    }

    @Test
    void aMessageWhoseTimeIsOverWhileItsProcessIsBusyIsNotHandled() {
        var gate = handler.closeGate();
        IntStream.range(0, 4).forEach(i -> send(new Entry("slow " + i, Mishap.WAITS)));
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL") == 4);
        ledger.send(Message.of(Entry.of("perishable"))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withTimeToLive(Duration.ofMillis(500))
                        .build()));
        eventually()
                .until(() -> count("messaging.message WHERE claimed_at < expires_at AND expires_at < clock_timestamp()")
                        == 1);
        gate.countDown();

        eventually().until(this::isDrained);
        assertThat(effects()).hasSize(4).doesNotContain("perishable");
    }

    @Test
    void aSlowHandlerWhoseProcessLivesIsNotRobbedWhenAnotherOneDies() throws Exception {
        var gate = handler.closeGate();
        send(new Entry("slow", Mishap.WAITS));
        eventually().until(() -> handler.deliveries().contains("slow"));
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at)"
                + " VALUES ('dead', 'nowhere', 1, '{nobody}', now() - interval '1 hour')");
        execute(
                "INSERT INTO messaging.message (queue, content_type, payload, attempt, claimed_by)"
                        + " SELECT 'nobody', 'text/plain', 'orphan', 1, id FROM messaging.consumer WHERE application_name = 'dead'");

        eventually().until(() -> count("messaging.message WHERE payload = 'orphan' AND claimed_by IS NULL") == 1);
        assertThat(query("SELECT m.attempt FROM messaging.message m JOIN messaging.consumer c ON c.id = m.claimed_by"
                        + " WHERE m.queue = 'ledger'"))
                .containsExactly("1");
        gate.countDown();
        eventually().until(() -> effects().contains("slow"));
        assertThat(query("SELECT attempt FROM effect")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "5", "{\"a\": {\"b\": 1}}", "null"})
    void headersThatAreNotOursDoNotHoldUpTheirMessage(String headers) throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, headers, payload) VALUES ('ledger',"
                + " 'application/json', '" + headers + "', '{\"name\": \"odd\", \"mishap\": \"NONE\"}')");

        eventually().until(() -> effects().contains("odd") && isDrained());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-infinity", "infinity", "4000-01-01", "0001-01-01 BC"})
    void aSendingTimeOfNoUseDoesNotHoldUpItsMessage(String time) throws Exception {
        // Without a registry, nothing is made of the time that a message waited.
        var meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            execute("INSERT INTO messaging.message (queue, content_type, sent_at, payload) VALUES ('ledger',"
                    + " 'application/json', '" + time + "', '{\"name\": \"odd\", \"mishap\": \"NONE\"}')");

            eventually().until(() -> effects().contains("odd") && isDrained());
            assertThat(query("SELECT attempt FROM effect")).containsExactly("1");
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    @Test
    void aClaimWhoseAnswerWasLostBeforeTheClockWasSetBackIsFoundAndMadeAgain() throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload, claimed_by, claimed_at, attempt)"
                + " SELECT 'ledger', 'application/json', '{\"name\": \"unanswered\", \"mishap\": \"NONE\"}', id,"
                + " now() + interval '1 day', 1 FROM messaging.consumer");
        killWhoNeeds("messaging.message", "ledger");

        eventually().until(() -> effects().contains("unanswered") && isDrained());
    }

    @Test
    void aClaimWhoseAnswerWasLostIsFoundAndMadeAgain() throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload, claimed_by, claimed_at, attempt)"
                + " SELECT 'ledger', 'application/json', '{\"name\": \"unanswered\", \"mishap\": \"NONE\"}', id,"
                + " now() - interval '1 minute', 1 FROM messaging.consumer");
        killWhoNeeds("messaging.message", "ledger");

        eventually().until(() -> effects().contains("unanswered") && isDrained());
    }

    @Test
    void aPausedQueueIsNotClaimedFromUntilItIsResumed() throws Exception {
        execute("SELECT messaging.pause('ledger')");
        try {
            ledger.send(Entry.of("paused")).toCompletableFuture().join();
            execute("SELECT pg_notify('messaging.ledger', '')");
            assertThat(query("SELECT waiting FROM messaging.queue_overview WHERE queue = 'ledger'"))
                    .containsExactly("1");
        } finally {
            execute("SELECT messaging.resume('ledger')");
        }
        eventually().until(() -> effects().contains("paused"));
    }
}
