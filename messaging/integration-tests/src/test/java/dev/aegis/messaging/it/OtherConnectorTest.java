package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.ce.impl.DefaultIncomingCloudEventMetadata;
import io.smallrye.reactive.messaging.providers.extension.EmitterImpl;
import io.smallrye.reactive.messaging.providers.extension.MutinyEmitterImpl;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels of other connectors are as they are without this one. */
@QuarkusTest
class OtherConnectorTest extends MessagingTest {

    @Inject
    @Channel("to-elsewhere")
    Emitter<Object> emitter;

    @Inject
    @Channel("mutiny-to-elsewhere")
    MutinyEmitter<Object> mutiny;

    @Inject
    @Channel("to-nobody")
    Emitter<Object> ours;

    @Inject
    @Channel("to-both")
    Emitter<Entry> toBoth;

    @Inject
    @Connector("other")
    OtherConnector other;

    @Inject
    Elsewhere elsewhere;

    @Inject
    Event<Said> event;

    @BeforeEach
    void forget() {
        other.sent().clear();
        elsewhere.handled().clear();
    }

    @Test
    void itsEmittersAreThoseOfTheFramework() {
        assertThat(emitter.getClass()).isEqualTo(EmitterImpl.class);
        assertThat(mutiny.getClass()).isEqualTo(MutinyEmitterImpl.class);
    }

    @Test
    void itsMessagesCarryNothingOfOurs() {
        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("plain");
            mutiny.sendAndAwait("mutiny");
        });

        assertThat(other.sent()).hasSize(2).allSatisfy(message -> assertThat(message.getMetadata())
                .noneMatch(metadata -> metadata.getClass().getName().startsWith("dev.aegis")));
    }

    @Test
    void itSendsInATransactionThatIsMarkedForRollback() {
        QuarkusTransaction.begin();
        try {
            QuarkusTransaction.setRollbackOnly();
            emitter.send("plain");
            mutiny.sendAndAwait("mutiny");
            assertThatThrownBy(() -> ours.send("never")).isInstanceOf(IllegalStateException.class);
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(other.sent())
                .extracting(message -> (Object) message.getPayload())
                .containsExactly("plain", "mutiny");
    }

    @Test
    void itSendsInEachPhaseOfATransaction() {
        QuarkusTransaction.requiringNew().run(() -> event.fire(new Said("1")));
        assertThat(other.sent())
                .extracting(message -> (Object) message.getPayload())
                .containsExactlyInAnyOrder("before completion", "after success", "after completion");

        other.sent().clear();
        QuarkusTransaction.begin();
        event.fire(new Said("2"));
        QuarkusTransaction.rollback();
        assertThat(other.sent())
                .extracting(message -> (Object) message.getPayload())
                .containsExactlyInAnyOrder("after failure", "after completion");
    }

    @Test
    void itsTextIsNotReadAsJson() {
        var refused = deliver(Message.of("{\"name\": \"text\", \"mishap\": \"NONE\"}"));

        assertThatThrownBy(refused::join).hasRootCauseInstanceOf(ClassCastException.class);
        assertThat(elsewhere.handled()).isEmpty();
    }

    @Test
    void aCloudEventOfSomebodyElseIsNotReadAsJson() {
        var refused = deliver(Message.of("{\"name\": \"text\", \"mishap\": \"NONE\"}")
                .addMetadata(event("https://example.com/orders")));

        assertThatThrownBy(refused::join).hasRootCauseInstanceOf(ClassCastException.class);
        assertThat(elsewhere.handled()).isEmpty();
    }

    @Test
    void whatARelayPassedOnIsReadAsJson() {
        deliver(Message.of("{\"name\": \"relayed\", \"mishap\": \"NONE\"}").addMetadata(event("/messaging/orders")))
                .join();

        assertThat(elsewhere.handled()).containsExactly("relayed");
    }

    @Test
    void aMethodThatHandlesMessagesOfBothGetsThoseOfTheOtherFromItsConverter() {
        toBoth.send(Entry.of("ours"));
        eventually().until(() -> elsewhere.handled().contains("ours"));

        deliver("both-from-elsewhere", Message.of(7)).join();
        toBoth.send(Entry.of("ours again"));

        eventually().until(() -> elsewhere.handled().equals(List.of("ours", "number 7", "ours again")));
    }

    private static DefaultIncomingCloudEventMetadata<String> event(String source) {
        return new DefaultIncomingCloudEventMetadata<>(
                "1.0", "1", URI.create(source), "orders", null, null, null, null, Map.of(), null);
    }

    private CompletableFuture<Void> deliver(Message<String> message) {
        return deliver("from-elsewhere", message);
    }

    private CompletableFuture<Void> deliver(String channel, Message<?> message) {
        var settled = new CompletableFuture<Void>();
        other.deliver(
                channel,
                message.withAck(() -> {
                            settled.complete(null);
                            return CompletableFuture.completedFuture(null);
                        })
                        .withNack(failure -> {
                            settled.completeExceptionally(failure);
                            return CompletableFuture.completedFuture(null);
                        }));
        return settled;
    }
}
