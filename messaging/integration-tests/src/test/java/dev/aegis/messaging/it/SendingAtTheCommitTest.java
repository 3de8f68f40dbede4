package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.ChannelRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent while a transaction commits is sent with it, and what is sent after it is sent alone. None is dropped. */
@QuarkusTest
class SendingAtTheCommitTest extends MessagingTest {

    @Inject
    @Channel("to-nobody")
    Emitter<Object> emitter;

    @Inject
    @Channel("in-house")
    Emitter<String> inHouse;

    @Inject
    @Channel("in-house-later")
    Emitter<String> inHouseLater;

    @Inject
    @Channel("paused-to-nobody")
    Emitter<Object> paused;

    @Inject
    ChannelRegistry channels;

    @Inject
    PassingOn passingOn;

    @Inject
    Event<Said> event;

    @Inject
    TransactionManager transactions;

    @Inject
    TransactionSynchronizationRegistry registry;

    @Inject
    Listeners listeners;

    @BeforeEach
    void forget() {
        listeners.failures().clear();
    }

    private List<String> sent() {
        return query("SELECT payload FROM messaging.message ORDER BY payload");
    }

    private static Synchronization beforeCompletion(Runnable work) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                work.run();
            }

            @Override
            public void afterCompletion(int status) {}
        };
    }

    @Test
    void anObserverBeforeTheCompletionSendsWithTheTransactionThoughTheOutboxWasWritten() {
        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("a first one");
            event.fire(new Said("1"));
        });

        eventually().until(() -> sent().size() == 4);
        assertThat(sent())
                .containsExactly("a first one", "after completion: 1", "after success: 1", "before completion: 1");
        assertThat(listeners.failures()).isEmpty();
    }

    @Test
    void anObserverBeforeTheCompletionSendsWhereNothingElseWasSent() {
        QuarkusTransaction.requiringNew().run(() -> event.fire(new Said("1")));

        eventually().until(() -> sent().size() == 3);
        assertThat(sent()).contains("before completion: 1");
    }

    @Test
    void whatIsSentBeforeTheCompletionIsRolledBackWithTheTransaction() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    emitter.send("a first one");
                    event.fire(new Said("1"));
                    registry.registerInterposedSynchronization(beforeCompletion(() -> {
                        throw new IllegalStateException("too late");
                    }));
                }))
                .hasStackTraceContaining("too late");

        eventually().until(() -> sent().size() == 2);
        assertThat(sent()).containsExactly("after completion: 1", "after failure: 1");
        assertThat(listeners.failures()).isEmpty();
    }

    @Test
    void aSynchronizationOfAnyKindSendsWithTheTransaction() {
        QuarkusTransaction.requiringNew().run(() -> {
            emitter.send("a first one");
            registry.registerInterposedSynchronization(beforeCompletion(() -> {
                emitter.send("from an interposed one");
                registry.registerInterposedSynchronization(
                        beforeCompletion(() -> emitter.send(Message.of((Object) "from one that it registered")
                                .addMetadata(OutgoingPostgresqlMetadata.builder()
                                        .withUniqueKey("key")
                                        .build()))));
            }));
            try {
                transactions
                        .getTransaction()
                        .registerSynchronization(
                                beforeCompletion(() -> emitter.send("from one that is not interposed")));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(sent())
                .containsExactly(
                        "a first one",
                        "from an interposed one",
                        "from one that is not interposed",
                        "from one that it registered");
    }

    @Test
    void aPayloadThatCannotBeWrittenDuringTheCommitRollsTheTransactionBack() {
        var cyclic = new ArrayList<>();
        cyclic.add(cyclic);

        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    emitter.send("a first one");
                    event.fire(new Said(cyclic));
                }))
                .hasStackTraceContaining("could not be sent");

        assertThat(sent()).isEmpty();
    }

    @Test
    void aMessageThatItsChannelHoldsBackHoldsUpTheCommit() throws Exception {
        var stages = new ArrayList<CompletableFuture<Void>>();
        var committing = new CountDownLatch(1);
        CompletableFuture<Void> transaction;
        try (var connection = database.connect();
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE messaging.message");
            while (emitter.hasRequests()) {
                stages.add(emitter.send("alone").toCompletableFuture());
            }
            transaction = CompletableFuture.runAsync(
                    () -> QuarkusTransaction.requiringNew().run(() -> {
                        emitter.send("in a transaction");
                        committing.countDown();
                    }));
            committing.await();
            connection.rollback();
        }

        transaction.join();
        CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();
        assertThat(count("messaging.message WHERE payload = 'in a transaction'"))
                .isEqualTo(1);
        assertThat(count("messaging.message")).isEqualTo(stages.size() + 1);
    }

    @Test
    void aMessageThatItsChannelHoldsBackForTooLongRollsItsTransactionBack() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    emitter.send("a first one");
                    paused.send("held back");
                }))
                .hasStackTraceContaining("1 messages were held back by their channel for longer than 10 s");

        channels.getPausable("paused-to-nobody").resume();
        paused.send("alone").toCompletableFuture().join();
        assertThat(sent()).containsExactly("alone");
    }

    @Test
    void aMethodThatPassesMessagesOnDoesSoWithTheTransactionThatEmittedThem() {
        QuarkusTransaction.requiringNew().run(() -> {
            inHouse.send("committed");
            assertThat(sent()).isEmpty();
        });
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    inHouse.send("rolled back");
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");
        inHouse.send("alone");

        eventually().until(() -> sent().size() == 2);
        assertThat(sent()).containsExactly("passed on: alone", "passed on: committed");
    }

    @Test
    void aMethodThatPassesMessagesOnLaterDoesSoOnlyAfterACommit() throws Exception {
        var gate = passingOn.closeGate();
        QuarkusTransaction.requiringNew().run(() -> inHouseLater.send("committed"));
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    inHouseLater.send("rolled back");
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");
        inHouseLater.send("alone");
        gate.countDown();

        eventually().until(() -> sent().contains("passed on: alone"));
        assertThat(sent()).containsExactly("passed on: alone", "passed on: committed");
    }
}
