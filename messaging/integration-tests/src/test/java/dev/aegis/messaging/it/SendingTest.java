package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A message is sent exactly when the transaction that sent it is committed. */
@QuarkusTest
class SendingTest extends MessagingTest {

    @Inject
    @Channel("to-nobody")
    Emitter<Object> emitter;

    @Inject
    @Channel("large-to-nobody")
    Emitter<String> largeToNobody;

    @Inject
    @Channel("mutiny-to-nobody")
    MutinyEmitter<Object> mutiny;

    @Inject
    DataSource pool;

    @Test
    void aCommittedTransactionSendsItsMessagesInOrder() {
        QuarkusTransaction.requiringNew().run(() -> {
            note("with messages");
            IntStream.range(0, 300).forEach(i -> emitter.send(i));
            mutiny.sendAndAwait(300);
            assertThat(count("messaging.message")).isZero();
        });

        assertThat(query("SELECT payload FROM messaging.message ORDER BY id"))
                .isEqualTo(
                        IntStream.rangeClosed(0, 300).mapToObj(String::valueOf).toList());
        assertThat(effects()).containsExactly("with messages");
    }

    @Test
    void manyTransactionsAtOnceSendManyMessagesEach() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var sending = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> QuarkusTransaction.requiringNew()
                            .run(() -> IntStream.range(0, 500).forEach(i -> largeToNobody.send("x".repeat(20_000))))))
                    .toList();
            for (var one : sending) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(count("messaging.message")).isEqualTo(2000);
    }

    @Test
    void aTransactionThatIsRolledBackSendsNothing() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    note("rolled back");
                    emitter.send("never").toCompletableFuture().join();
                    mutiny.sendAndAwait("never");
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");

        assertThat(count("messaging.message")).isZero();
        assertThat(effects()).isEmpty();
    }

    @Test
    void anInnerTransactionSendsItsOwnMessagesAlone() {
        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("outer");
            QuarkusTransaction.requiringNew().run(() -> emitter.send("inner"));
            assertThat(query("SELECT payload FROM messaging.message")).containsExactly("inner");
        });
        assertThat(query("SELECT payload FROM messaging.message ORDER BY id")).containsExactly("inner", "outer");
    }

    @Test
    void aPayloadThatCannotBeWrittenRollsTheTransactionBack() {
        record Node(List<Object> children) {}
        var cyclic = new java.util.ArrayList<>();
        cyclic.add(new Node(cyclic));

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    note("rolled back");
                    emitter.send(new Node(cyclic));
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(count("messaging.message")).isZero();
        assertThat(effects()).isEmpty();
        QuarkusTransaction.requiringNew().run(() -> emitter.send("the emitter still works"));
        assertThat(count("messaging.message")).isEqualTo(1);
    }

    @Test
    void withoutATransactionAMessageIsDurableWhenItsStageCompletes() {
        emitter.send("alone").toCompletableFuture().join();

        assertThat(query("SELECT payload FROM messaging.message")).containsExactly("alone");
        assertThat(query("SELECT content_type FROM messaging.message")).containsExactly("text/plain");
    }

    @BeforeEach
    void refuseOnePayload() throws SQLException {
        execute("CREATE OR REPLACE TRIGGER refused BEFORE INSERT ON messaging.message FOR EACH ROW"
                + " WHEN (NEW.payload = 'refused') EXECUTE FUNCTION refuse()");
    }

    @Test
    void aMessageThatTheDatabaseRefusesFailsAlone() {
        var stages = IntStream.range(0, 100)
                .mapToObj(i -> emitter.send(i == 50 ? "refused" : "text").toCompletableFuture())
                .toList();

        for (var i = 0; i < 100; i++) {
            var stage = stages.get(i);
            eventually().until(stage::isDone);
            assertThat(stage.isCompletedExceptionally()).isEqualTo(i == 50);
        }
        assertThat(count("messaging.message")).isEqualTo(99);
    }

    @Test
    void aRefusedMessageDoublesNoneOfThoseThatWereSentTogetherWithIt() throws SQLException {
        var unique = OutgoingPostgresqlMetadata.builder().withUniqueKey("a").build();
        var stages = new ArrayList<CompletableFuture<Void>>();
        try (var connection = database.connect();
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE messaging.message");
            stages.add(emitter.send("holds the sender up").toCompletableFuture());
            // Not any lock that is waited for: maintenance waits for the same table.
            eventually()
                    .until(() -> count("pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND query LIKE 'INSERT INTO messaging.message %'")
                            == 1);
            stages.add(emitter.send("plain").toCompletableFuture());
            var refused = new CompletableFuture<Void>();
            stages.add(refused);
            emitter.send(Message.of((Object) "refused")
                    .addMetadata(unique)
                    .withAck(() -> CompletableFuture.completedFuture(null))
                    .withNack(failure -> {
                        refused.completeExceptionally(failure);
                        return CompletableFuture.completedFuture(null);
                    }));
            stages.add(emitter.send("plain too").toCompletableFuture());
            connection.rollback();
        }

        eventually().until(() -> stages.stream().allMatch(CompletableFuture::isDone));
        assertThat(stages)
                .extracting(CompletableFuture::isCompletedExceptionally)
                .containsExactly(false, false, true, false);
        assertThat(query("SELECT payload FROM messaging.message ORDER BY payload"))
                .containsExactly("holds the sender up", "plain", "plain too");
    }

    @Test
    void aRefusedMessageLeavesNoTransactionBehind() {
        for (var i = 0; i < 20; i++) {
            var refused = emitter.send("refused").toCompletableFuture();
            eventually().until(refused::isCompletedExceptionally);
            emitter.send("text").toCompletableFuture().join();
        }

        assertThat(count("messaging.message")).isEqualTo(20);
        assertThat(count("pg_stat_activity WHERE state LIKE 'idle in transaction%' AND datname = current_database()"))
                .isZero();
    }

    @Test
    void aMessageCarriesItsOptions() {
        emitter.send(Message.of(new byte[] {1, 2})
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withPriority(-7)
                        .withHeader("firing", "42")
                        .build()));
        emitter.send(Message.of("later")
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withDelay(Duration.ofMinutes(5))
                        .build()));

        eventually().until(() -> count("messaging.message") == 1 && count("messaging.delayed_message") == 1);
        assertThat(query("SELECT priority || ' ' || (headers ->> 'firing') || ' ' || encode(payload_bytes, 'hex')"
                        + " FROM messaging.message"))
                .containsExactly("-7 42 0102");
        assertThat(query("SELECT due_at > now() + interval '4 minutes' FROM messaging.delayed_message"))
                .containsExactly("t");
    }

    @ParameterizedTest
    @MethodSource("unstorable")
    void whatCannotBeStoredAsItIsIsRefusedAndRollsItsTransactionBack(Object payload, String reason) {
        var alone = emitter.send(payload).toCompletableFuture();
        eventually().until(alone::isDone);
        assertThatThrownBy(alone::join).hasMessageContaining(reason);

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    note("rolled back");
                    emitter.send(payload);
                }))
                .hasStackTraceContaining(reason);

        assertThat(count("messaging.message")).isZero();
        assertThat(effects()).isEmpty();
    }

    static Stream<Arguments> unstorable() {
        return Stream.of(
                Arguments.of("half \ud83d", "half of a surrogate pair, U+D83D, at index 5"),
                Arguments.of("\ude00 alone", "half of a surrogate pair, U+DE00, at index 0"),
                Arguments.of("\ude00\ud83d", "half of a surrogate pair, U+DE00, at index 0"),
                Arguments.of("not \0 text", "the character NUL, U+0000, at index 4"),
                Arguments.of(Map.of("name", "half \ud83d"), "half of a surrogate pair"));
    }

    @Test
    void whatCanBeStoredIsReceivedAsItWasSent() {
        var text = "Smörgås \ud83d\ude00 \uffff \u0001";
        emitter.send(text).toCompletableFuture().join();
        emitter.send(List.of(text + "\0")).toCompletableFuture().join();

        assertThat(query("SELECT payload FROM messaging.message WHERE content_type = 'text/plain'"))
                .containsExactly(text);
        assertThat(query("SELECT payload FROM messaging.message WHERE content_type = 'application/json'"))
                .containsExactly("[\"Smörgås \ud83d\ude00 \uffff \\u0001\\u0000\"]");
    }

    @Test
    void aMessageThatIsDueAtTheEndsOfTimeWaitsOrIsDueAtOnce() {
        for (var due :
                List.of(Instant.MIN, Instant.parse("-0044-03-15T12:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"))) {
            emitter.send(Message.of((Object) due.toString())
                    .addMetadata(
                            OutgoingPostgresqlMetadata.builder().withDueAt(due).build()));
        }

        eventually().until(() -> count("messaging.delayed_message") == 3);
        assertThat(query("SELECT count(*) FROM messaging.delayed_message WHERE due_at < now()"))
                .containsExactly("2");
        assertThat(query("SELECT due_at AT TIME ZONE 'UTC' FROM messaging.delayed_message WHERE due_at > now()"))
                .containsExactly("9999-12-31 23:59:59");
    }

    private void note(String name) {
        try (var connection = pool.getConnection();
                var insert = connection.prepareStatement("INSERT INTO public.effect (name, attempt) VALUES (?, 0)")) {
            insert.setString(1, name);
            insert.executeUpdate();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
