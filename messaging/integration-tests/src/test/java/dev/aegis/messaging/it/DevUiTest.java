package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.admin.DeadLetters;
import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.internal.devui.MessagingJsonRpcService;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page of the Dev UI is told, as the JSON that it reads, and what its buttons do. */
@QuarkusTest
class DevUiTest extends MessagingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Queues queues;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Instance<MessagingJsonRpcService> outsideDevMode;

    private MessagingJsonRpcService service;

    @BeforeEach
    void makeTheService() {
        service = new MessagingJsonRpcService(queues, deadLetters);
    }

    @AfterEach
    void resume() throws SQLException {
        letWait(1);
        queues.resume("nobody");
    }

    @Test
    void aQueueIsShownWithItsFiguresAndWhetherItIsPaused() throws SQLException {
        letWait(3);
        bury(2);

        var row = row();
        assertThat(row.get("waiting").longValue()).isEqualTo(3);
        assertThat(row.get("delayed").longValue()).isZero();
        assertThat(row.get("inFlight").longValue()).isZero();
        assertThat(row.get("blocked").longValue()).isZero();
        assertThat(row.get("dead").longValue()).isEqualTo(2);
        assertThat(row.get("isEstimated").booleanValue()).isFalse();
        assertThat(row.get("oldestAge").isIntegralNumber()).isTrue();
        assertThat(row.get("consumers").longValue()).isZero();
        assertThat(row.get("handledPerSecond").isNumber()).isTrue();
        assertThat(row.get("isPaused").booleanValue()).isFalse();
    }

    @Test
    void aQueueIsPausedAndResumed() throws SQLException {
        letWait(1);

        assertThat(service.pause("nobody")).isTrue();
        assertThat(row().get("isPaused").booleanValue()).isTrue();

        assertThat(service.resume("nobody")).isTrue();
        assertThat(row().get("isPaused").booleanValue()).isFalse();
    }

    @Test
    void aDeadLetterIsShownWithItsErrorAndTheSizeOfItsPayloadInBytes() throws SQLException {
        bury(1);

        var letter = JSON.valueToTree(service.getDeadLetters("nobody")).get(0);
        assertThat(letter.get("error").textValue()).isEqualTo("broken");
        assertThat(letter.get("stackTrace").textValue()).isEqualTo("at here");
        assertThat(letter.get("attempts").intValue()).isEqualTo(3);
        assertThat(letter.get("payload").textValue()).isEqualTo("Größe 1");
        assertThat(letter.get("payloadSize").intValue()).isEqualTo(9);
        assertThat(letter.get("headers").get("tenant").textValue()).isEqualTo("7");
        assertThat(letter.get("contentType").textValue()).isEqualTo("text/plain");
        assertThat(letter.get("diedAt").textValue()).endsWith("Z");
    }

    @Test
    void onlyTheBeginningOfALargePayloadIsSentToThePage() throws SQLException {
        bury(1);
        execute("UPDATE messaging.dead_letter SET payload = repeat('x', 100000)");

        var letter = JSON.valueToTree(service.getDeadLetters("nobody")).get(0);
        assertThat(letter.get("payload").textValue()).hasSize(4000);
        assertThat(letter.get("payloadSize").intValue()).isEqualTo(100_000);
    }

    @Test
    void deadLettersAreSentAgainOneOrAllOfThemAndDropped() throws SQLException {
        bury(4);
        var id = JSON.valueToTree(service.getDeadLetters("nobody"))
                .get(0)
                .get("id")
                .longValue();

        assertThat(service.resend(id)).isTrue();
        assertThat(service.resend(id)).isFalse();
        assertThat(query("SELECT id FROM messaging.message")).containsExactly(String.valueOf(id));

        var next = JSON.valueToTree(service.getDeadLetters("nobody"))
                .get(0)
                .get("id")
                .longValue();
        assertThat(service.drop(next)).isTrue();
        assertThat(service.drop(next)).isFalse();
        assertThat(service.resendAll("nobody")).isEqualTo(2);
        assertThat(service.getDeadLetters("nobody")).isEmpty();
        assertThat(count("messaging.message")).isEqualTo(3);
    }

    @Test
    void outsideDevModeThereIsNoSuchService() {
        assertThat(outsideDevMode.isUnsatisfied()).isTrue();
    }

    private JsonNode row() {
        var rows = JSON.valueToTree(service.getQueues());
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get("queue").textValue().equals("nobody"))
                .findFirst()
                .orElseThrow();
    }

    private void bury(int letters) throws SQLException {
        execute(
                "INSERT INTO messaging.dead_letter (id, sent_at, died_at, priority, attempts, queue, content_type, headers,"
                        + " payload, error, stack_trace) SELECT nextval('messaging.message_id_seq'), now(), now(), 0, 3, 'nobody',"
                        + " 'text/plain', '{\"tenant\": \"7\"}', 'Größe ' || n, 'broken', 'at here'"
                        + " FROM generate_series(1, " + letters + ") n");
    }
}
