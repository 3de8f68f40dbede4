package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/** While a message with a unique key waits, a second one is not added. */
@QuarkusTest
class UniqueKeyTest extends MessagingTest {

    @Inject
    @Channel("to-nobody")
    Emitter<Object> nobody;

    @Inject
    @Channel("to-plain")
    Emitter<Object> plain;

    @Inject
    @Channel("to-ordered")
    Emitter<Object> ordered;

    @Inject
    Diary diary;

    @Inject
    Handlers handlers;

    private static Message<Object> unique(Object payload, String key) {
        return Message.of(payload)
                .addMetadata(
                        OutgoingPostgresqlMetadata.builder().withUniqueKey(key).build());
    }

    private static Message<Object> replacing(Object payload, String key, Duration delay) {
        return Message.of(payload)
                .addMetadata(OutgoingPostgresqlMetadata.builder()
                        .withReplacingUniqueKey(key)
                        .withDelay(delay)
                        .build());
    }

    private static void inTransaction(Runnable sends) {
        QuarkusTransaction.requiringNew().run(sends);
    }

    @Test
    void theFirstOneIsKept() {
        inTransaction(() -> nobody.send(unique("first", "a")));
        inTransaction(() -> {
            nobody.send(unique("second", "a"));
            nobody.send(unique("other", "b"));
            nobody.send(unique("other again", "b"));
        });

        assertThat(query("SELECT payload FROM messaging.message ORDER BY id")).containsExactly("first", "other");
    }

    @Test
    void oneThatReplacesTakesThePlaceOfTheOneThatWaitsWhereverItDoes() {
        inTransaction(() -> nobody.send(replacing("now", "a", Duration.ZERO)));
        inTransaction(() -> nobody.send(replacing("soon", "a", Duration.ofMinutes(1))));
        inTransaction(() -> nobody.send(replacing("later", "a", Duration.ofMinutes(2))));

        assertThat(count("messaging.message")).isZero();
        assertThat(query("SELECT payload FROM messaging.delayed_message")).containsExactly("later");
        assertThat(count("messaging.unique_reservation")).isEqualTo(1);
    }

    @Test
    void ofManySendersAtOnceOneSends() {
        var senders = IntStream.range(0, 50)
                .mapToObj(i ->
                        CompletableFuture.runAsync(() -> inTransaction(() -> nobody.send(unique("from " + i, "a")))))
                .toList();
        senders.forEach(CompletableFuture::join);

        assertThat(count("messaging.message")).isEqualTo(1);
    }

    @Test
    void aSenderThatRollsBackLeavesTheKeyToTheOthers() {
        try {
            inTransaction(() -> {
                nobody.send(unique("never", "a"));
                throw new IllegalStateException("no");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("no");
        }
        inTransaction(() -> nobody.send(unique("sent", "a")));

        assertThat(query("SELECT payload FROM messaging.message")).containsExactly("sent");
    }

    @Test
    void theKeyIsFreeWhenTheHandlingBegins() {
        for (var i = 0; i < 5; i++) {
            var name = "unique " + i;
            inTransaction(() -> plain.send(unique(name, "a")));
            eventually().until(() -> diary.entries().contains(name));
        }
        eventually().until(() -> isDrained() && count("messaging.unique_reservation") == 0);
    }

    @Test
    void aMessageIsNotHandledWhileASenderCountsOnItsWaiting() throws SQLException {
        inTransaction(() -> plain.send(replacing("counted on", "c", Duration.ofMillis(500))));
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var decide = connection.createStatement()) {
                decide.execute("SELECT FROM messaging.unique_reservation WHERE unique_key = 'c' FOR UPDATE");
            }
            eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL AND unique_key = 'c'") == 1);
            assertThat(diary.entries()).doesNotContain("counted on");
            connection.commit();
        }
        eventually().until(() -> diary.entries().contains("counted on"));
    }

    @Test
    void manyContendedKeysCostFewStatementsHoweverLongTheirSenderTakes() throws SQLException {
        var keys = 200;
        inTransaction(() -> IntStream.range(0, keys)
                .forEach(i -> plain.send(replacing("contended " + i, "k" + i, Duration.ofMillis(500)))));
        var function = query("SELECT pg_get_functiondef('messaging_internal.release_unique_keys'::regproc)")
                .get(0);
        execute("CREATE SEQUENCE looks");
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var decide = connection.createStatement()) {
                decide.execute("SELECT FROM messaging.unique_reservation WHERE unique_key LIKE 'k%' FOR UPDATE");
            }
            execute(function.replace("BEGIN", "BEGIN PERFORM nextval('public.looks');"));
            eventually()
                    .until(() -> count("messaging.message WHERE claimed_by IS NOT NULL AND unique_key LIKE 'k%'") > 10);
            // Longer than it takes until all are looked at as rarely as can be.
            awaitBeats(10);
            var before = looks();
            var begin = System.nanoTime();
            awaitBeats(10);
            // A look takes along all that are due within an eighth of a second: however many wait, there are no more.
            var limit = (System.nanoTime() - begin) / Duration.ofMillis(125).toNanos() + 10;
            assertThat(looks() - before).isBetween(1L, limit);
            assertThat(diary.entries()).noneMatch(entry -> entry.startsWith("contended "));
            connection.commit();
            eventually()
                    .until(() -> diary.entries().stream()
                                    .filter(entry -> entry.startsWith("contended "))
                                    .count()
                            == keys);
        } finally {
            execute(function);
            execute("DROP SEQUENCE looks");
        }
    }

    private long looks() {
        return Long.parseLong(query("SELECT last_value FROM looks").get(0));
    }

    private void awaitBeats(int beats) {
        for (var i = 0; i < beats; i++) {
            var last = query("SELECT max(heartbeat_at) FROM messaging.consumer");
            eventually().until(() -> !query("SELECT max(heartbeat_at) FROM messaging.consumer")
                    .equals(last));
        }
    }

    @Test
    void theKeyOfAMessageThatIsBeingHandledStaysFreeWhenTheServerCrashes() throws SQLException {
        assumeTrue(database.canRestart(), "the server of TEST_DATABASE_URL is not ours to crash");
        var gate = handlers.closeGate();
        inTransaction(() -> ordered.send(unique(new Entry("crashed", Entry.Mishap.WAITS), "d")));
        // The claim is on the disk when this commits; the key is freed after it.
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var decide = connection.createStatement()) {
                decide.execute("SELECT FROM messaging.unique_reservation WHERE unique_key = 'd' FOR UPDATE");
            }
            eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL AND unique_key = 'd'") == 1);
            connection.commit();
        }
        eventually().until(() -> handlers.calls().contains("crashed at 1"));

        database.crash();

        assertThat(count("messaging.unique_reservation")).isZero();
        gate.countDown();
        eventually().ignoreExceptions().until(() -> isDrained() && effects().contains("crashed"));
    }
}
