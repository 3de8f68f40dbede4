package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.it.Temperatures.Celsius;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The in-memory connector of the framework is beside this one as it is without it: transactions are nothing to it. */
@QuarkusTest
class InMemoryConnectorTest extends MessagingTest {

    @Inject
    @Connector(InMemoryConnector.CONNECTOR)
    InMemoryConnector memory;

    @Inject
    @Channel("to-memory")
    Emitter<Object> emitter;

    @Inject
    @Channel("mutiny-to-memory")
    MutinyEmitter<Object> mutiny;

    @Inject
    @Channel("in-house")
    Emitter<String> inHouse;

    @Inject
    @Channel("to-temperatures")
    Emitter<String> toTemperatures;

    @Inject
    Temperatures temperatures;

    @Inject
    TransactionSynchronizationRegistry registry;

    @BeforeEach
    void forget() {
        memory.sink("to-memory").clear();
        memory.sink("mutiny-to-memory").clear();
        temperatures.handled().clear();
    }

    @Test
    void itsEmittersSendAtOnceInATransactionThatIsRolledBack() {
        QuarkusTransaction.begin();
        emitter.send("plain");
        mutiny.sendAndAwait("mutiny");
        assertThat(received("to-memory")).containsExactly("plain");
        assertThat(received("mutiny-to-memory")).containsExactly("mutiny");
        QuarkusTransaction.rollback();

        assertThat(received("to-memory")).containsExactly("plain");
    }

    @Test
    void itsEmittersSendInATransactionThatIsMarkedForRollback() {
        QuarkusTransaction.begin();
        try {
            QuarkusTransaction.setRollbackOnly();
            emitter.send("plain");
            mutiny.sendAndAwait("mutiny");
        } finally {
            QuarkusTransaction.rollback();
        }

        assertThat(received("to-memory")).containsExactly("plain");
        assertThat(received("mutiny-to-memory")).containsExactly("mutiny");
    }

    @Test
    void itsEmittersSendWhenTheTransactionOfTheThreadIsOver() {
        QuarkusTransaction.requiringNew()
                .run(() -> afterCompletion(() -> {
                    emitter.send("after the commit");
                    mutiny.sendAndAwait("after the commit");
                }));
        QuarkusTransaction.begin();
        afterCompletion(() -> emitter.send("after the rollback"));
        QuarkusTransaction.rollback();

        assertThat(received("to-memory")).containsExactly("after the commit", "after the rollback");
        assertThat(received("mutiny-to-memory")).containsExactly("after the commit");
    }

    @Test
    void itsMessagesCarryNothingOfOurs() {
        QuarkusTransaction.requiringNew().run(() -> emitter.send("plain"));

        assertThat(memory.sink("to-memory").received()).hasSize(1).allSatisfy(message -> assertThat(
                        message.getMetadata())
                .noneMatch(metadata -> metadata.getClass().getName().startsWith("dev.aegis")));
    }

    @Test
    void aChannelInsideTheApplicationIsSentToWhateverBecameOfTheTransaction() {
        QuarkusTransaction.begin();
        try {
            QuarkusTransaction.setRollbackOnly();
            inHouse.send("marked for rollback");
        } finally {
            QuarkusTransaction.rollback();
        }
        QuarkusTransaction.requiringNew().run(() -> afterCompletion(() -> inHouse.send("over")));

        eventually().untilAsserted(() -> assertThat(query("SELECT payload FROM messaging.message ORDER BY payload"))
                .containsExactly("passed on: marked for rollback", "passed on: over"));
    }

    @Test
    void aTransactionalHandlerOfItsMessagesAcknowledgesAfterItsTransaction() {
        var handled = deliver(Entry.of("a"));

        handled.join();
        assertThat(effects()).containsExactly("a");
        assertThat(received("to-memory")).containsExactly("handled a");
        assertThat(query("SELECT payload FROM messaging.message")).containsExactly("handled a");
    }

    @Test
    void aTransactionalHandlerOfItsMessagesThatFailsIsRolledBackAndTheMessageIsNacked() {
        var refused = deliver(new Entry("a", Entry.Mishap.FAILS_ALWAYS));

        assertThatThrownBy(refused::join).hasStackTraceContaining("never");
        assertThat(effects()).isEmpty();
        assertThat(received("to-memory")).containsExactly("handled a");
        assertThat(count("messaging.message")).isZero();
        assertThat(count("messaging.dead_letter")).isZero();
    }

    @Test
    void aConverterOfTheApplicationThatComesFirstReadsTheMessagesOfBoth() {
        toTemperatures.send("21.5 °C");
        eventually().until(() -> temperatures.handled().equals(List.of(new Celsius(21.5))));

        memory.source("temperatures-from-memory").send("-3 °C");

        eventually().until(() -> temperatures.handled().equals(List.of(new Celsius(21.5), new Celsius(-3))));
        assertThat(count("messaging.dead_letter")).isZero();
    }

    private List<Object> received(String channel) {
        return memory.sink(channel).received().stream().map(Message::getPayload).toList();
    }

    private CompletableFuture<Void> deliver(Entry entry) {
        var settled = new CompletableFuture<Void>();
        memory.source("from-memory")
                .send(Message.of(
                        entry,
                        () -> done(settled.complete(null)),
                        failure -> done(settled.completeExceptionally(failure))));
        return settled;
    }

    private static CompletionStage<Void> done(boolean first) {
        return first
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new IllegalStateException("settled twice"));
    }

    private void afterCompletion(Runnable work) {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                assertThat(status).isIn(Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK);
                work.run();
            }
        });
    }
}
