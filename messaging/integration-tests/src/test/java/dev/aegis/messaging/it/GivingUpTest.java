package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that cannot be handled becomes a dead letter, and holds up nobody. */
@QuarkusTest
class GivingUpTest extends MessagingTest {

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    @Inject
    @Channel("to-doomed")
    Emitter<Object> doomed;

    @Inject
    Doomed doomedHandler;

    @BeforeEach
    void forget() {
        doomedHandler.dead().clear();
    }

    private void send(Entry entry) {
        ledger.send(entry).toCompletableFuture().join();
    }

    @Test
    void aMessageThatAlwaysFailsEndsInTheDeadLettersWithWhatItsObserverWrote() {
        send(new Entry("hopeless", Mishap.FAILS_ALWAYS));

        eventually().until(() -> count("messaging.dead_letter") == 1);
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("5");
        assertThat(query("SELECT error FROM messaging.dead_letter"))
                .containsExactly("java.lang.IllegalStateException: the ink ran out");
        assertThat(query("SELECT stack_trace FROM messaging.dead_letter").get(0))
                .contains("Ledger.note");
        assertThat(effects()).containsExactly("given up: hopeless");
        assertThat(isDrained()).isTrue();
    }

    @Test
    void aDeadLetterCanBeSentAgain() throws Exception {
        execute(
                "INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, payload, error)"
                        + " VALUES (nextval('messaging.message_id_seq'), now(), 0, 3, 'ledger', 'application/json',"
                        + " '{\"name\": \"raised\", \"mishap\": \"NONE\"}', 'whatever')");

        assertThat(query("SELECT messaging.resend(id) FROM messaging.dead_letter"))
                .containsExactly("t");

        eventually().until(() -> effects().contains("raised") && isDrained());
        assertThat(count("messaging.dead_letter")).isZero();
        assertThat(query("SELECT messaging.resend(-1)")).containsExactly("f");
    }

    @Test
    void aPayloadThatCannotBeReadIsADeadLetterAtOnceAndDoesNotHoldUpTheQueue() throws Exception {
        execute(
                "INSERT INTO messaging.message (queue, content_type, payload) VALUES ('ledger', 'application/json', '{')");
        send(Entry.of("after it"));

        eventually().until(() -> effects().contains("after it") && isDrained());
        eventually().until(() -> count("messaging.dead_letter") == 1);
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("1");
        assertThat(query("SELECT error FROM messaging.dead_letter").get(0)).contains("can't be read as");
    }

    @Test
    void aMessageThatKillsItsWorkersEndsInTheDeadLetters() throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload, attempt) VALUES ('ledger',"
                + " 'application/json', '{\"name\": \"poison\", \"mishap\": \"NONE\"}', 5)");

        eventually().until(() -> count("messaging.dead_letter") == 1);
        assertThat(effects()).containsExactly("given up: poison");
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("5");
        assertThat(query("SELECT error FROM messaging.dead_letter").get(0)).contains("its workers died");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"name\": \"a\", \"mishap\": \"NONE\"} and more", "[]"})
    void whatIsNotTheWholeOfAnEntryIsNotRead(String payload) throws Exception {
        execute("INSERT INTO messaging.message (queue, content_type, payload) VALUES ('batches', 'application/json', '"
                + payload + "')");

        eventually().until(() -> count("messaging.dead_letter") == 1 && isDrained());
        assertThat(effects()).isEmpty();
    }

    @Test
    void aPayloadThatIsNullIsADeadLetterAtOnceAndItsObserverCannotHoldItUp() throws Exception {
        execute(
                "INSERT INTO messaging.message (queue, content_type, payload) VALUES ('ledger', 'application/json', 'null')");

        eventually().until(() -> count("messaging.dead_letter") == 1 && isDrained());
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "\"{not JSON"})
    void anObserverReadsThePayloadThatAHandlerOfTextWouldHaveBeenGiven(String text) {
        doomed.send(text);

        eventually().until(() -> doomedHandler.dead().size() == 1);
        assertThat(doomedHandler.dead().get(0).payload(String.class)).isEqualTo(text);
        assertThat(doomedHandler.dead().get(0).payload(Object.class)).isEqualTo(text);
    }

    @Test
    void anObserverReadsThePayloadThatAHandlerOfBytesWouldHaveBeenGiven() {
        doomed.send(new byte[] {0, 1, -1});

        eventually().until(() -> doomedHandler.dead().size() == 1);
        var dead = doomedHandler.dead().get(0);
        assertThat(dead.payload(byte[].class)).containsExactly(0, 1, -1);
        assertThatThrownBy(() -> dead.payload(String.class)).isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void anObserverReadsJsonAsItsType() {
        doomed.send(Entry.of("json"));

        eventually().until(() -> doomedHandler.dead().size() == 1);
        assertThat(doomedHandler.dead().get(0).payload(Entry.class)).isEqualTo(Entry.of("json"));
    }
}
