package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of one ordering key are handled one at a time, and in the order of sending. */
@QuarkusTest
class OrderingTest extends MessagingTest {

    @Inject
    @Channel("to-ordered")
    Emitter<Entry> ordered;

    @Inject
    Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.calls().clear();
        handlers.mostRunning().clear();
    }

    private void send(String key, String name, Mishap mishap) {
        ordered.send(Message.of(new Entry(name, mishap))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withOrderingKey(key)
                        .build()));
    }

    @Test
    void messagesOfOneKeyRunOneAtATimeAndInOrderThoughSomeFail() {
        var keys = 10;
        for (var round = 0; round < 20; round++) {
            var number = round;
            QuarkusTransaction.requiringNew().run(() -> IntStream.range(0, keys)
                    .forEach(key -> send(
                            "key " + key,
                            String.format(Locale.ROOT, "%d/%02d", key, number),
                            number % 7 == 3 ? Mishap.FAILS_ONCE : Mishap.NONE)));
        }

        eventually().until(() -> count("effect") == 200 && isDrained());
        for (var key = 0; key < keys; key++) {
            assertThat(query("SELECT name FROM effect WHERE name LIKE '" + key + "/%' ORDER BY id"))
                    .hasSize(20)
                    .isSorted();
        }
        assertThat(handlers.mostRunning().values()).containsOnly(1);
        assertThat(count("messaging.ordering_group")).isZero();
    }

    @Test
    void differentKeysAndMessagesWithoutOneDoNotWaitForEachOther() {
        var gate = handlers.closeGate();
        send("slow", "first of slow", Mishap.WAITS);
        send("slow", "second of slow", Mishap.NONE);
        send("quick", "of quick", Mishap.NONE);
        ordered.send(Entry.of("of no key"));

        eventually().until(() -> effects().size() == 2);
        assertThat(effects()).containsExactly("of no key", "of quick");
        assertThat(count("messaging.blocked_message")).isEqualTo(1);
        gate.countDown();
        eventually().until(() -> count("effect") == 4 && isDrained());
    }

    @Test
    void oneThatIsGivenUpMakesWayForTheNext() {
        send("doomed", "first", Mishap.FAILS_ALWAYS);
        send("doomed", "second", Mishap.NONE);

        eventually().until(() -> effects().equals(java.util.List.of("second")) && isDrained());
        assertThat(count("messaging.dead_letter")).isEqualTo(1);
        assertThat(handlers.calls()).containsExactly("first at 1", "first at 2", "first at 3", "second at 1");
    }

    @Test
    void aDelayedMessageTakesPartInTheOrderWhenItIsDue() {
        ordered.send(Message.of(Entry.of("delayed"))
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withOrderingKey("late")
                        .withDelay(Duration.ofMillis(300))
                        .build()));
        send("late", "at once", Mishap.NONE);

        eventually().until(() -> count("effect") == 2 && isDrained());
        assertThat(query("SELECT name FROM effect ORDER BY id")).containsExactly("at once", "delayed");
    }

    @Test
    void messagesWithAUniqueAndAnOrderingKeyKeepBoth() throws Exception {
        execute("SELECT messaging.pause('ordered')");
        try {
            for (var name : java.util.List.of("first", "second", "third", "third again")) {
                QuarkusTransaction.requiringNew()
                        .run(() -> ordered.send(Message.of(Entry.of(name))
                                .addMetadata(OutgoingPostgresqlMetadata.builder()
                                        .withUniqueKey(name.split(" ")[0])
                                        .withOrderingKey("both")
                                        .build())));
            }
            assertThat(count("messaging.message")).isEqualTo(1);
            assertThat(count("messaging.blocked_message")).isEqualTo(2);
            assertThat(count("messaging.unique_reservation")).isEqualTo(3);
        } finally {
            execute("SELECT messaging.resume('ordered')");
        }

        eventually().until(() -> count("effect") == 3 && isDrained());
        assertThat(query("SELECT name FROM effect ORDER BY id")).containsExactly("first", "second", "third");
        assertThat(count("messaging.unique_reservation")).isZero();
    }

    @Test
    void aDeadLetterThatIsSentAgainKeepsItsKey() throws Exception {
        execute("INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, ordering_key, content_type,"
                + " payload, error) VALUES (nextval('messaging.message_id_seq'), now(), 0, 3, 'ordered', 'raised',"
                + " 'application/json', '{\"name\": \"raised\", \"mishap\": \"NONE\"}', 'whatever')");

        execute("SELECT messaging.resend(id) FROM messaging.dead_letter");

        eventually().until(() -> effects().contains("raised") && isDrained());
        assertThat(handlers.mostRunning()).containsKey("raised");
    }
}
