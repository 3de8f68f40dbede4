package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a message may wait, how long a handler may take, how large and how many they may be, and who gets a copy. */
@QuarkusTest
class LimitsTest extends MessagingTest {

    @Inject
    @Channel("to-strict")
    Emitter<Entry> strict;

    @Inject
    @Channel("to-narrow")
    Emitter<String> narrow;

    @Inject
    @Channel("to-news")
    Emitter<String> news;

    @Inject
    Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.calls().clear();
        handlers.mostRunning().clear();
    }

    @Test
    void anExpiredMessageIsNotHandled() throws Exception {
        execute("SELECT messaging.pause('strict')");
        try {
            strict.send(Message.of(Entry.of("perishable"))
                    .addMetadata(OutgoingPostgresqlMetadata.builder()
                            .withTimeToLive(Duration.ofMillis(1))
                            .build()));
            strict.send(Message.of(Entry.of("durable"))
                    .addMetadata(OutgoingPostgresqlMetadata.builder()
                            .withTimeToLive(Duration.ofHours(1))
                            .build()));
            eventually().until(() -> count("messaging.message WHERE expires_at < clock_timestamp()") == 1);
        } finally {
            execute("SELECT messaging.resume('strict')");
        }

        eventually().until(() -> effects().contains("durable") && isDrained());
        assertThat(handlers.calls()).containsExactly("durable at 1");
        assertThat(count("messaging.dead_letter")).isZero();
    }

    @Test
    void aHandlerThatTakesTooLongIsFencedOutAndItsMessageTriedAgain() {
        var gate = handlers.closeGate();
        strict.send(new Entry("slow", Mishap.WAITS));

        eventually().until(() -> handlers.calls().contains("slow at 2"));
        gate.countDown();
        eventually().until(() -> handlers.calls().contains("slow woke up"));
        eventually().until(this::isDrained);
        assertThat(query("SELECT attempt FROM effect")).containsExactly("2");
    }

    @Test
    void anExceptionThatAbortsMakesADeadLetterAtTheFirstAttempt() {
        strict.send(new Entry("wrong", Mishap.FAILS_ALWAYS));

        eventually().until(() -> count("messaging.dead_letter") == 1);
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("1");
        assertThat(effects()).isEmpty();
    }

    @Test
    void aPayloadThatIsTooLargeIsADeadLetterWithoutBeingRead() throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload)"
                + " VALUES ('strict', 'application/json', repeat('x', 100001))");

        eventually().until(() -> count("messaging.dead_letter") == 1);
        assertThat(query("SELECT error FROM messaging.dead_letter").get(0)).contains("max-payload-size");
        assertThatThrownBy(
                        () -> QuarkusTransaction.requiringNew().run(() -> strict.send(Entry.of("x".repeat(17 << 20)))))
                .hasStackTraceContaining("could not be sent");
    }

    @Test
    void largePayloadsAreTakenAsFarAsThereIsRoom() {
        var name = "x".repeat(90_000);
        QuarkusTransaction.requiringNew()
                .run(() -> IntStream.range(0, 400).forEach(i -> strict.send(Entry.of(i + name))));

        eventually().until(() -> count("effect") == 400 && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsOnly("1");
    }

    @Test
    void allProcessesTogetherRunNoMoreThanTheLimitOfTheCluster() throws Exception {
        var gate = handlers.closeGate();
        // Another process, alive, runs one already.
        execute("INSERT INTO messaging.consumer (application_name, host, pid, queues, heartbeat_at)"
                + " VALUES ('other', 'elsewhere', 1, '{narrow}', now() + interval '1 hour')");
        execute(
                "UPDATE messaging.slot SET consumer = (SELECT id FROM messaging.consumer WHERE application_name = 'other')"
                        + " WHERE queue = 'narrow' AND number = 1");
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 20).forEach(i -> narrow.send("text " + i)));
        eventually().until(() -> handlers.mostRunning().containsKey("narrow"));
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL") == 1);

        execute("DELETE FROM messaging.consumer WHERE application_name = 'other'");
        gate.countDown();
        eventually().until(() -> count("effect") == 20 && isDrained());
        assertThat(handlers.mostRunning().get("narrow")).isLessThanOrEqualTo(2);
        eventually().until(() -> count("messaging.slot WHERE consumer IS NOT NULL") == 0);
    }

    @Test
    void aSlotWhoseAnswerWasLostIsFoundAndGivenBack() throws Exception {
        execute("UPDATE messaging.slot SET consumer = (SELECT min(id) FROM messaging.consumer) WHERE queue = 'narrow'");
        killWhoNeeds("messaging.slot", "narrow");
        narrow.send("text");

        eventually().until(() -> effects().contains("text") && isDrained());
        eventually().until(() -> count("messaging.slot WHERE consumer IS NOT NULL") == 0);
    }

    @Test
    void eachQueueThatIsBoundToAnAddressGetsItsCopy() throws Exception {
        eventually().until(() -> count("messaging.subscription WHERE topic = 'news'") == 2);
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 10).forEach(i -> news.send("news " + i)));

        eventually().until(() -> count("effect") == 20 && isDrained());
        assertThat(effects()).contains("left: news 0", "right: news 0", "left: news 9", "right: news 9");
    }

    @Test
    void whileAnOldSnapshotIsHeldNothingIsOverlooked() throws Exception {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
            try (var snapshot = connection.createStatement()) {
                snapshot.execute("SELECT count(*) FROM messaging.message");
                for (var round = 0; round < 5; round++) {
                    var number = round;
                    QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 300)
                            .forEach(i -> strict.send(Message.of(Entry.of(number + "/" + i))
                                    .addMetadata(OutgoingPostgresqlMetadata.builder()
                                            .withPriority(-number)
                                            .build()))));
                }
                eventually().until(() -> count("effect") == 1500 && isDrained());
            }
            connection.rollback();
        }
    }
}
