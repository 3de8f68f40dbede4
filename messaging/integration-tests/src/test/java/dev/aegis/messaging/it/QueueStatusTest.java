package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.admin.QueueStatus;
import dev.aegis.messaging.admin.Queues;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator looks at queues. Nobody consumes queue {@code nobody}. */
@QuarkusTest
class QueueStatusTest extends MessagingTest {

    @Inject
    Queues queues;

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> toLedger;

    @Inject
    Ledger ledger;

    @BeforeEach
    void goOn() throws SQLException {
        // Those of the channels are made once, at their start.
        execute("DELETE FROM messaging.subscription WHERE topic = 'events'");
        queues.resume("ledger");
    }

    @Test
    void aPausedQueueIsKnownAsSuchUntilItIsResumed() {
        queues.pause("ledger");
        assertThat(queues.isPaused("ledger")).isTrue();
        toLedger.send(Entry.of("after the pause")).toCompletableFuture().join();
        assertThat(queues.depth("ledger").waiting()).isEqualTo(1);

        queues.resume("ledger");
        assertThat(queues.isPaused("ledger")).isFalse();
        eventually().until(() -> effects().contains("after the pause") && isDrained());
    }

    @Test
    void theDepthOfAQueueTellsItsMessagesByState() throws SQLException {
        letWait(3);
        execute("INSERT INTO messaging.message (queue, priority, content_type, claimed_by, claimed_at)"
                + " SELECT 'nobody', 5, 'text/plain', id, now() FROM messaging.consumer");
        execute("INSERT INTO messaging.delayed_message (queue, due_at, content_type)"
                + " SELECT 'nobody', now() + interval '1 hour', 'text/plain' FROM generate_series(1, 4)");
        execute("INSERT INTO messaging.blocked_message (id, sent_at, priority, queue, ordering_key, content_type)"
                + " SELECT i, now(), 0, 'nobody', 'key', 'text/plain' FROM generate_series(1, 5) i");
        execute("INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, error)"
                + " SELECT i, now(), 0, 1, 'nobody', 'text/plain', 'x' FROM generate_series(1, 6) i");

        var depth = queues.depth("nobody");

        assertThat(List.of(depth.waiting(), depth.delayed(), depth.blocked(), depth.dead()))
                .containsExactly(3L, 4L, 5L, 6L);
        assertThat(depth.inFlight()).isEqualTo(count("messaging.consumer")).isPositive();
        assertThat(depth.isEstimated()).isFalse();
        assertThat(queues.all())
                .filteredOn(status -> status.queue().equals("nobody"))
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.depth().blocked()).isEqualTo(5);
                    assertThat(status.nextDueAt()).isNotNull();
                    assertThat(status.consumers()).isZero();
                });
        assertThat(queues.all()).extracting(QueueStatus::queue).contains("ledger", "plain");
    }

    @Test
    void aDepthAboveTenThousandIsAnEstimateThatFollowsWhatIsThere() throws SQLException {
        letWait(30_000);
        var full = queues.depth("nobody");
        assertThat(full.isEstimated()).isTrue();
        assertThat(full.waiting()).isBetween(27_000L, 33_000L);

        execute("DELETE FROM messaging.message WHERE id % 2 = 0");
        assertThat(queues.depth("nobody").waiting()).isBetween(13_000L, 17_000L);
    }

    @Test
    void theAgeOfAQueueIsThatOfItsOldestWaitingMessageOfAnyPriority() throws SQLException {
        letWait(2);
        assertThat(queues.depth("nobody").oldestAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));

        execute(
                "INSERT INTO messaging.message (queue, priority, content_type, sent_at)"
                        + " VALUES ('nobody', 9, 'text/plain', now() - interval '1 hour'), ('nobody', 0, 'text/plain', '-infinity')");
        assertThat(queues.depth("nobody").oldestAge()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));

        queues.purge("nobody");
        execute(
                "INSERT INTO messaging.delayed_message (queue, due_at, content_type) VALUES ('nobody', 'infinity', 'x')");
        assertThat(queues.depth("nobody").oldestAge()).isNull();
    }

    @Test
    void aQueueThatIsNotThereIsNamedInTheError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queues.depth("mispelt"))
                .withMessage("there is no queue 'mispelt'");
        assertThatIllegalArgumentException().isThrownBy(() -> queues.purge("mispelt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "-dash-first", "a;b"})
    void aNameThatNoQueueMayHaveIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> queues.pause(name));
        assertThatIllegalArgumentException().isThrownBy(() -> queues.depth(name));
        assertThatIllegalArgumentException().isThrownBy(() -> queues.cancel(name, "key"));
    }

    @Test
    void aQueueCanBeSubscribedToATopicAndUnsubscribed() throws SQLException {
        assertThat(query("SELECT messaging.subscribe('events', 'nobody')")).containsExactly("t");
        assertThat(query("SELECT messaging.subscribe('events', 'nobody')")).containsExactly("f");
        assertThat(count("messaging.subscription WHERE topic = 'events' AND queue = 'nobody'"))
                .isEqualTo(1);

        assertThat(query("SELECT messaging.unsubscribe('events', 'nobody')")).containsExactly("t");
        assertThat(query("SELECT messaging.unsubscribe('events', 'nobody')")).containsExactly("f");
    }
}
