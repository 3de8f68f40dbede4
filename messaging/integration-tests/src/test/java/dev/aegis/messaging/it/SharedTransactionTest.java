package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler of single messages may handle several in one transaction, and none of them pays for another one. */
@QuarkusTest
class SharedTransactionTest extends MessagingTest {

    private static final int AT_ONCE = 4;

    @Inject
    @Channel("to-shared")
    Emitter<Entry> shared;

    @Inject
    @Channel("to-in-turn")
    Emitter<Entry> inTurn;

    @Inject
    Handlers handlers;

    @BeforeEach
    void forget() {
        handlers.calls().clear();
    }

    /** Sends entries that are all there when the first of them is taken. */
    private void sendTogether(Entry... entries) throws Exception {
        sendTogether("shared", shared, entries);
    }

    private void sendTogether(String queue, Emitter<Entry> emitter, Entry... entries) throws Exception {
        execute("SELECT messaging.pause('%s')".formatted(queue));
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                for (var entry : entries) {
                    emitter.send(entry);
                }
            });
        } finally {
            execute("SELECT messaging.resume('%s')".formatted(queue));
        }
    }

    private static Entry[] entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> Entry.of("entry " + i)).toArray(Entry[]::new);
    }

    private long transactions() {
        return count("(SELECT DISTINCT transaction FROM effect) each_one");
    }

    @Test
    void thoseThatWaitAreHandledOneByOneInFewTransactions() throws Exception {
        sendTogether(entries(500));

        eventually().until(() -> count("effect") == 500 && isDrained());
        assertThat(handlers.calls()).hasSize(500).doesNotHaveDuplicates();
        assertThat(transactions()).isBetween(10L, 60L);
    }

    @Test
    void aHandlerThatRunsOnceAtATimeIsGivenAllThatWait() throws Exception {
        sendTogether("in-turn", inTurn, entries(100));

        eventually().until(() -> count("effect") == 100 && isDrained());
        assertThat(transactions()).isBetween(2L, 12L);
    }

    @Test
    void eachCallIsToldOfItsOwnMessage() throws Exception {
        sendTogether(entries(100));

        eventually().until(() -> count("effect") == 100 && isDrained());
        assertThat(query("SELECT DISTINCT message_id FROM effect")).hasSize(100);
        assertThat(query("SELECT name FROM effect ORDER BY message_id"))
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "entry " + i).toList());
        assertThat(handlers.loggedIds()).hasSizeGreaterThanOrEqualTo(100).allSatisfy((id, logged) -> assertThat(logged)
                .isEqualTo(id.toString()));
    }

    @Test
    void fewMessagesAreSpreadOverTheHandlersThatAreFree() throws Exception {
        var gate = handlers.closeGate();
        sendTogether(IntStream.range(0, AT_ONCE)
                .mapToObj(i -> new Entry("entry " + i, Mishap.WAITS))
                .toArray(Entry[]::new));

        eventually().untilAsserted(() -> assertThat(handlers.calls()).hasSize(AT_ONCE));
        gate.countDown();
        eventually().until(() -> count("effect") == AT_ONCE && isDrained());
        assertThat(transactions()).isEqualTo(AT_ONCE);
    }

    @Test
    void oneThatFailsCostsTheOthersNoAttempt() throws Exception {
        var entries = entries(100);
        entries[50] = new Entry("poison", Mishap.FAILS_ALWAYS);
        sendTogether(entries);

        eventually().until(() -> count("effect") == 99 && isDrained());
        assertThat(query("SELECT name FROM effect GROUP BY name HAVING count(*) > 1"))
                .isEmpty();
        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
        assertThat(query("SELECT payload::jsonb ->> 'name' FROM messaging.dead_letter"))
                .containsExactly("poison");
    }

    @Test
    void oneThatTheCommitRefusesCostsTheOthersNoAttempt() throws Exception {
        var entries = entries(100);
        entries[50] = new Entry("poison", Mishap.FAILS_AT_COMMIT);
        sendTogether(entries);

        eventually().until(() -> count("effect") == 99 && isDrained());
        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
        assertThat(query("SELECT payload::jsonb ->> 'name' FROM messaging.dead_letter"))
                .containsExactly("poison");
    }

    @Test
    void oneThatCannotBeReadIsADeadLetterAndTheOthersAreHandled() throws Exception {
        execute("SELECT messaging.pause('shared')");
        execute("INSERT INTO messaging.message (queue, content_type, payload)"
                + " SELECT 'shared', 'application/json', '{' FROM generate_series(1, 3)");
        sendTogether(entries(50));

        eventually().until(() -> count("effect") == 50 && isDrained());
        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
        assertThat(count("messaging.dead_letter")).isEqualTo(3);
    }

    @Test
    void aLostClaimLetsOnlyItsOwnMessageBeHandledElsewhere() throws Exception {
        var gate = handlers.closeGate();
        var entries = entries(40);
        entries[0] = new Entry("lost", Mishap.WAITS);
        sendTogether(entries);
        eventually().until(() -> handlers.calls().contains("lost"));
        execute("UPDATE messaging.message SET claimed_by = -1, attempt = attempt + 1 WHERE payload LIKE '%lost%'");
        gate.countDown();

        eventually().until(() -> count("effect") == 39);
        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
        assertThat(effects()).doesNotContain("lost");
    }
}
