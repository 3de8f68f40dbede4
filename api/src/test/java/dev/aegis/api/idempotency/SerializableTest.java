package dev.aegis.api.idempotency;

import static dev.aegis.api.idempotency.IdempotentRequestTest.all;
import static dev.aegis.api.idempotency.IdempotentRequestTest.send;
import static java.util.Collections.nCopies;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.api.Armoury;
import dev.aegis.platform.database.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application whose transactions are serializable keeps the same promises. */
@QuarkusTest
@TestProfile(SerializableTest.Serializable.class)
class SerializableTest {

    public static final class Serializable implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.datasource.jdbc.transaction-isolation-level", "serializable");
        }
    }

    @Inject
    Armoury armoury;

    @Inject
    Database database;

    @BeforeEach
    void emptyTheArmoury() {
        armoury.empty();
    }

    @Test
    void transactionsAreSerializable() {
        assertThat(database.<String, RuntimeException>compute(
                        session -> (String) session.createNativeQuery("SHOW transaction_isolation", String.class)
                                .getSingleResult()))
                .isEqualTo("serializable");
    }

    @Test
    void equalRequestsConflictOnlyWhileOneIsInProgress() throws Exception {
        var shield = armoury.shield("Dragon Scale", 95);
        var clients = Executors.newFixedThreadPool(10);
        try {
            for (int round = 0; round < 20; round++) {
                var key = "round-" + round;
                Callable<Response> repeat = () -> send(key, "/shields/" + shield + "/inspections", "");
                var responses = new HashSet<List<String>>();
                for (var future : clients.invokeAll(nCopies(10, repeat))) {
                    if (future.get().statusCode() == 409) {
                        assertThat(future.get().jsonPath().getString("detail"))
                                .isEqualTo("A request with the same Idempotency-Key is in progress");
                    } else {
                        responses.add(all(future.get()));
                    }
                }
                assertThat(responses).hasSize(1);
                assertThat(armoury.written()).hasSize(round + 1);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aRetryWhoseSnapshotIsOlderThanTheResponseStillGetsIt() {
        var first = send("monday", "/shields", "{\"name\": \"Plank\"}");
        armoury.execute("UPDATE rest.idempotent_request SET key = 'moved'");
        var repeat = database.compute(session -> {
            session.createNativeQuery("UPDATE rest.idempotent_request SET key = 'monday'")
                    .executeUpdate();
            var waiting = supplyAsync(() -> send("monday", "/shields", "{\"name\": \"Plank\"}"));
            armoury.awaitLockWaits(1);
            return waiting;
        });

        assertThat(repeat).succeedsWithin(10, SECONDS);
        assertThat(all(repeat.join())).isEqualTo(all(first));
        assertThat(armoury.select("SELECT count(*) FROM shield")).containsExactly(1L);
    }
}
