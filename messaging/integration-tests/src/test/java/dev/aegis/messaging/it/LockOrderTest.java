package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever works with the same few keys at once waits for the others, but never in a circle. */
@QuarkusTest
class LockOrderTest extends MessagingTest {

    private static final int SENDERS = 4;
    private static final int TRANSACTIONS = 100;

    @Inject
    @Channel("to-ordered")
    Emitter<Entry> ordered;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void sendersOfOrderingKeysOfWhichSomeAreDelayedDoNotDeadlock() {
        sendAtOnce((random, options) -> {
            options.withOrderingKey("group " + random.nextInt(4));
            delaySome(random, options);
        });
    }

    @Test
    void sendersOfWhichSomeDropTheirMessagesDoNotDeadlock() {
        sendAtOnce((random, options) -> {
            options.withOrderingKey("group " + random.nextInt(4));
            if (random.nextBoolean()) {
                options.withUniqueKey("key " + random.nextInt(3));
            }
        });
    }

    @Test
    void sendersThatReplaceMessagesOfOtherOrderingKeysDoNotDeadlock() {
        sendAtOnce((random, options) -> options.withReplacingUniqueKey("key " + random.nextInt(4))
                .withOrderingKey("group " + random.nextInt(4)));
    }

    @Test
    void sendersOfEverythingAtOnceDoNotDeadlockWithThoseWhoCancel() {
        var sending = CompletableFuture.runAsync(
                () -> sendAtOnce((random, options) -> {
                    if (random.nextInt(3) > 0) {
                        options.withOrderingKey("group " + random.nextInt(4));
                    }
                    switch (random.nextInt(3)) {
                        case 0 -> options.withUniqueKey("key " + random.nextInt(4));
                        case 1 -> options.withReplacingUniqueKey("key " + random.nextInt(4));
                        default -> {}
                    }
                    delaySome(random, options);
                }),
                threads);
        repeat("SELECT messaging.cancel('ordered', 'key ' || floor(random() * 4)::int)", sending);
        repeat("SELECT messaging.cancel(id) FROM messaging.delayed_message ORDER BY random() LIMIT 1", sending);
        repeat("SELECT messaging.cancel(id) FROM messaging.blocked_message ORDER BY random() LIMIT 1", sending);
        sending.join();
    }

    @Test
    void handlersThatSendWithKeysDoNotDeadlockWithSenders() {
        sendAtOnce(
                (random, options) -> {
                    options.withOrderingKey("group " + random.nextInt(4));
                    if (random.nextBoolean()) {
                        options.withReplacingUniqueKey("key " + random.nextInt(4));
                    }
                },
                random -> new Entry("forwards", random.nextBoolean() ? Mishap.FORWARDS : Mishap.NONE));

        assertThat(query("SELECT DISTINCT attempt FROM effect")).containsExactly("1");
        assertThat(effects()).contains("forwarded");
    }

    private interface Options {
        void set(Random random, OutgoingPostgresqlMetadata.Builder options);
    }

    private static void delaySome(Random random, OutgoingPostgresqlMetadata.Builder options) {
        if (random.nextInt(3) == 0) {
            options.withDelay(Duration.ofMillis(random.nextInt(40)));
        }
    }

    /** Several threads send, in transactions of one to four messages; they are handled at the same time. */
    private void sendAtOnce(Options options) {
        sendAtOnce(options, LockOrderTest::entry);
    }

    private void sendAtOnce(Options options, Function<Random, Entry> entries) {
        var senders = IntStream.range(0, SENDERS)
                .mapToObj(
                        number -> CompletableFuture.runAsync(() -> send(new Random(number), options, entries), threads))
                .toArray(CompletableFuture[]::new);
        var sending = CompletableFuture.allOf(senders);
        // As the consumers of other processes do.
        var promoting = List.of(
                repeat("SELECT moved FROM messaging_internal.promote('ordered', 10)", sending),
                repeat("SELECT moved FROM messaging_internal.promote('ordered', 1000)", sending));
        sending.join();
        promoting.forEach(CompletableFuture::join);

        assertThat(failures).isEmpty();
        eventually().untilAsserted(() -> assertThat(List.of(
                        count("messaging.message"),
                        count("messaging.delayed_message"),
                        count("messaging.blocked_message"),
                        count("messaging.ordering_group"),
                        count("messaging.unique_reservation")))
                .containsOnly(0L));
        assertThat(count("effect")).isPositive();
    }

    private void send(Random random, Options options, Function<Random, Entry> entries) {
        for (var i = 0; i < TRANSACTIONS; i++) {
            noteFailure("send", () -> QuarkusTransaction.requiringNew()
                    .run(() -> IntStream.rangeClosed(0, random.nextInt(4)).forEach(message -> {
                        var builder = OutgoingPostgresqlMetadata.builder();
                        options.set(random, builder);
                        ordered.send(Message.of(entries.apply(random)).addMetadata(builder.build()));
                    })));
        }
    }

    private static Entry entry(Random random) {
        var mishap =
                switch (random.nextInt(40)) {
                    case 0 -> Mishap.FAILS_ALWAYS;
                    case 1, 2 -> Mishap.FAILS_ONCE;
                    default -> Mishap.NONE;
                };
        return new Entry("sent at once", mishap);
    }

    private CompletableFuture<Void> repeat(String sql, CompletableFuture<Void> until) {
        return CompletableFuture.runAsync(
                () -> {
                    try (var connection = database.connect();
                            var statement = connection.createStatement()) {
                        while (!until.isDone()) {
                            noteFailure(sql, () -> {
                                try {
                                    statement.execute(sql);
                                } catch (SQLException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
                        }
                    } catch (SQLException e) {
                        failures.add(e.toString());
                    }
                },
                threads);
    }

    private void noteFailure(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            var causes = new StringBuilder(what);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                causes.append("\n  ").append(cause);
            }
            failures.add(causes.toString());
        }
    }
}
