package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.internal.send.OutgoingChannels;
import dev.aegis.messaging.internal.send.OutgoingSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/** While the database does not keep up, what waits to be sent without a transaction is bounded in bytes. */
@QuarkusTest
class HoldingBackTest extends MessagingTest {

    private static final int MIB = 1 << 20;
    private static final int MOST = 64;

    /** What the framework keeps in front of a channel, unless a setting says otherwise. */
    private static final int OF_THE_EMITTER = 128;

    @Inject
    @Channel("large-to-nobody")
    Emitter<Object> emitter;

    @Inject
    @Channel("holding-back-to-nobody")
    Emitter<Object> other;

    @Inject
    OutgoingChannels channels;

    private final String large = "x".repeat(MIB);

    /** Nothing is sent until the returned connection is closed. */
    private Connection holdUp() throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute("LOCK TABLE messaging.message");
        }
        return connection;
    }

    @Test
    void anEmitterIsRefusedWhatThereIsNoRoomForAndGoesOnWhenThereIs() throws SQLException {
        var taken = new ArrayList<CompletableFuture<Void>>();
        var refused = 0;
        try (var heldUp = holdUp()) {
            for (var i = 0; i < 2 * (MOST + OF_THE_EMITTER); i++) {
                try {
                    taken.add(emitter.send(large).toCompletableFuture());
                } catch (IllegalStateException e) {
                    refused++;
                }
            }
            heldUp.rollback();
        }

        assertThat(taken).hasSizeBetween(MOST / 2, MOST + OF_THE_EMITTER + 2);
        assertThat(refused).isEqualTo(2 * (MOST + OF_THE_EMITTER) - taken.size());
        CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new)).join();
        emitter.send("small").toCompletableFuture().join();
        assertThat(count("messaging.message")).isEqualTo(taken.size() + 1);
    }

    @Test
    void aStreamWaitsUntilThereIsRoomAndIsSentWhole() throws SQLException {
        var pulled = new AtomicInteger();
        try (var heldUp = holdUp()) {
            Multi.createFrom()
                    .range(0, 3 * MOST)
                    .onItem()
                    .invoke(pulled::incrementAndGet)
                    .<Message<?>>map(i -> Message.of(large))
                    .subscribe()
                    .withSubscriber(open());
            assertThat(pulled).hasValueBetween(MOST / 2, MOST + 2);
            heldUp.rollback();
        }

        eventually().until(() -> count("messaging.message") == 3 * MOST);
    }

    @SuppressWarnings("unchecked")
    private Flow.Subscriber<Message<?>> open() {
        return (Flow.Subscriber<Message<?>>) channels.open(new OutgoingSettings("nobody", "nobody", false, 2 * MIB));
    }

    @Test
    void whatFitsIsBoundedForAllChannelsTogetherAndTheErrorSaysSo() throws SQLException {
        var stages = new ArrayList<CompletableFuture<Void>>();
        CompletableFuture<Void> refused;
        try (var heldUp = holdUp()) {
            for (var i = 0; i < MOST; i++) {
                stages.add(emitter.send(large).toCompletableFuture());
            }
            // A channel takes its first message to know how large they are.
            refused = other.send(large).toCompletableFuture();
            for (var i = 0; i < 10; i++) {
                stages.add(other.send(large).toCompletableFuture());
            }
            heldUp.rollback();
        }

        assertThatThrownBy(refused::join).hasMessageContaining("messages of 64 MiB wait to be sent");
        CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();
        assertThat(count("messaging.message")).isEqualTo(stages.size());
    }
}
