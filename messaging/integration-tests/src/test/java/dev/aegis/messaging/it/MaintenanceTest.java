package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process does beside handling messages. */
@QuarkusTest
@TestProfile(MaintenanceTest.Often.class)
class MaintenanceTest extends MessagingTest {

    private static final String CONNECTOR = "mp.messaging.connector.aegis-postgresql.";

    public static class Often implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(CONNECTOR + "metrics-interval", "100ms", CONNECTOR + "dead-letter-retention", "2s");
        }
    }

    @Inject
    Queues queues;

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void listen() {
        Metrics.addRegistry(meters);
    }

    @AfterEach
    void forget() {
        Metrics.removeRegistry(meters);
        queues.resume("ledger");
    }

    private Search of(String meter) {
        return meters.find(meter).tag("queue", "ledger");
    }

    private double depth(String state) {
        var gauge = of("messaging.depth").tag("state", state).gauge();
        return gauge == null ? -1 : gauge.value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "messaging.sent",
                "messaging.handled",
                "messaging.pickup",
                "messaging.retried",
                "messaging.failed",
                "messaging.dead",
                "messaging.expired",
                "messaging.depth",
                "messaging.oldest.age"
            })
    void theMetersOfAQueueAreThereBeforeItsFirstMessage(String meter) {
        assertThat(of(meter).meters()).isNotEmpty();
    }

    @Test
    void theGaugesFollowTheQueue() throws SQLException {
        queues.pause("ledger");
        execute("INSERT INTO messaging.message (queue, content_type, payload, sent_at)"
                + " SELECT 'ledger', 'application/json', '{\"name\": \"gauged\", \"mishap\": \"NONE\"}',"
                + " now() - interval '1 hour' FROM generate_series(1, 7)");
        execute("INSERT INTO messaging.delayed_message (queue, due_at, content_type)"
                + " VALUES ('ledger', now() + interval '1 hour', 'text/plain')");
        execute("INSERT INTO messaging.blocked_message (id, sent_at, priority, queue, ordering_key, content_type)"
                + " VALUES (1, now(), 0, 'ledger', 'key', 'text/plain')");
        execute(
                "INSERT INTO messaging.dead_letter (id, sent_at, died_at, priority, attempts, queue, content_type, error)"
                        + " VALUES (1, now(), now() + interval '1 hour', 0, 1, 'ledger', 'text/plain', 'x')");

        eventually()
                .until(() ->
                        depth("waiting") == 7 && depth("delayed") == 1 && depth("blocked") == 1 && depth("dead") == 1);
        assertThat(depth("in_flight")).isZero();
        assertThat(of("messaging.oldest.age").gauge().value()).isBetween(3600.0, 3700.0);

        queues.purge("ledger");
        eventually().until(() -> depth("waiting") == 0 && depth("blocked") == 0);
        assertThat(of("messaging.oldest.age").gauge().value()).isZero();
    }

    @Test
    void deadLettersThatArePastTheirRetentionAreRemoved() throws SQLException {
        execute(
                "INSERT INTO messaging.dead_letter (id, sent_at, died_at, priority, attempts, queue, content_type, error)"
                        + " SELECT i, now(), now() + (30 - i) * interval '1 minute', 0, 1, CASE WHEN i < 100 THEN 'ledger' ELSE 'nobody' END,"
                        + " 'text/plain', 'x' FROM generate_series(1, 2500) i");

        eventually().until(() -> count("messaging.dead_letter") < 30);
        assertThat(count("messaging.dead_letter")).isEqualTo(29);
    }

    @Test
    void theClusterKnowsHowManyMessagesAreHandledPerSecond() {
        for (var i = 0; i < 200; i++) {
            ledger.send(Entry.of("entry " + i));
        }

        eventually().until(() -> queues.all().stream()
                .anyMatch(status -> status.queue().equals("ledger") && status.handledPerSecond() > 0));
        eventually().until(() -> isDrained());
        eventually().until(() -> queues.all().stream().allMatch(status -> status.handledPerSecond() == 0));
    }
}
