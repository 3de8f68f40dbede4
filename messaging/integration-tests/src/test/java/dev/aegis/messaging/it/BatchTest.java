package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler that takes lists handles many messages in one transaction, and fails no message for another one. */
@QuarkusTest
class BatchTest extends MessagingTest {

    @Inject
    @Channel("to-batches")
    Emitter<Entry> batches;

    @Inject
    @Channel("to-texts")
    Emitter<String> texts;

    @Inject
    Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.calls().clear();
    }

    private void sendTogether(Entry... entries) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (var entry : entries) {
                batches.send(entry);
            }
        });
    }

    @Test
    void aTransactionHandlesAsManyAsWaitUpToTheSizeOfABatch() {
        sendTogether(
                IntStream.range(0, 500).mapToObj(i -> Entry.of("entry " + i)).toArray(Entry[]::new));

        eventually().until(() -> count("effect") == 500 && isDrained());
        assertThat(query("SELECT name FROM effect GROUP BY name HAVING count(*) > 1"))
                .isEmpty();
        assertThat(handlers.calls()).contains("batch of 50").hasSizeLessThan(60);
    }

    @Test
    void oneThatFailsTakesTheOthersDownOnceAndIsThenHandledAlone() {
        sendTogether(Entry.of("left"), new Entry("poison", Mishap.FAILS_ALWAYS), Entry.of("right"));

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 1);
        assertThat(effects()).containsExactly("left", "right");
        assertThat(query("SELECT payload FROM messaging.dead_letter").get(0)).contains("poison");
    }

    @Test
    void oneThatCannotBeReadIsADeadLetterAndTheOthersAreHandled() throws Exception {
        execute("SELECT messaging.pause('batches')");
        try {
            sendTogether(Entry.of("left"));
            execute("INSERT INTO messaging.message (queue, content_type, payload)"
                    + " VALUES ('batches', 'application/json', '{')");
            sendTogether(Entry.of("right"));
        } finally {
            execute("SELECT messaging.resume('batches')");
        }

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 1);
        assertThat(effects()).containsExactly("left", "right");
        assertThat(query("SELECT attempt FROM effect")).containsOnly("1");
    }

    @Test
    void aBatchOfWhichNoneCanBeReadIsNotHandled() throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload)"
                + " SELECT 'batches', 'application/json', '{' FROM generate_series(1, 3)");

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(handlers.calls()).isEmpty();
    }

    @Test
    void aHandlerWhoseClaimOfOneMessageWasLostCommitsNothing() throws Exception {
        var gate = handlers.closeGate();
        sendTogether(new Entry("kept", Mishap.WAITS), new Entry("lost", Mishap.WAITS));
        eventually().until(() -> !handlers.calls().isEmpty());
        execute("UPDATE messaging.message SET claimed_by = -1, attempt = attempt + 1 WHERE payload LIKE '%lost%'");
        gate.countDown();

        eventually().until(() -> effects().equals(java.util.List.of("kept")));
        assertThat(query("SELECT attempt FROM effect")).containsExactly("2");
    }

    @Test
    void aHandlerOfMessagesTakesBatchesToo() {
        QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 150).forEach(i -> texts.send("text " + i)));

        eventually().until(() -> handlers.calls().size() == 150 && isDrained());
        assertThat(handlers.calls()).doesNotHaveDuplicates();
    }

    @Test
    void aBatchOfSeveralOrderingKeysIsHandledAtOnce() throws Exception {
        execute("SELECT messaging.pause('batches')");
        try {
            QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, 5)
                    .forEach(i -> batches.send(withKey("key " + i, Entry.of("entry " + i)))));
        } finally {
            execute("SELECT messaging.resume('batches')");
        }

        eventually().until(() -> count("effect") == 5 && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsOnly("1");
        assertThat(handlers.calls()).containsExactly("batch of 5");
    }

    @Test
    void anOrderingKeyWhoseMessageWasLostToAnotherProcessIsForgotten() throws Exception {
        var gate = handlers.closeGate();
        QuarkusTransaction.requiringNew().run(() -> {
            for (var key : List.of("lost", "kept")) {
                batches.send(withKey(key, new Entry(key, Mishap.WAITS)));
            }
        });
        eventually().until(() -> handlers.calls().contains("batch of 2"));
        // As a process does that rescued and handled it meanwhile.
        execute("DELETE FROM messaging.message WHERE ordering_key = 'lost'");
        execute("DELETE FROM messaging.ordering_group WHERE ordering_key = 'lost'");
        gate.countDown();

        eventually().until(() -> effects().contains("kept") && isDrained());
        assertThat(count("messaging.ordering_group")).isZero();
    }

    @Test
    void withoutATransactionTheNextOfAnOrderingKeyFollowsToo() {
        QuarkusTransaction.requiringNew()
                .run(() -> IntStream.range(0, 5).forEach(i -> texts.send(withKey("key", "text " + i))));

        eventually().until(() -> handlers.calls().size() == 5 && count("messaging.ordering_group") == 0);
        assertThat(handlers.calls()).isSorted().doesNotHaveDuplicates();
    }

    private static <T> Message<T> withKey(String key, T payload) {
        return Message.of(payload)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withOrderingKey(key)
                        .build());
    }
}
