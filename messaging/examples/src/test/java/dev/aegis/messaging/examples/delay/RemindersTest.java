package dev.aegis.messaging.examples.delay;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A delayed message is handled when it is due, and not before. */
@QuarkusTest
class RemindersTest {

    @Inject
    Reminders reminders;

    @Inject
    Queues queues;

    @Inject
    Mailer mailer;

    @Test
    void aDelayedReminderWaits() {
        reminders.remindIn(Duration.ofHours(1), "in an hour");
        reminders.remindIn(Duration.ofMillis(200), "soon");
        reminders.remindAt(Instant.now().minusSeconds(60), "at once");

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("reminder: soon", "reminder: at once"));
        assertThat(mailer.sent()).doesNotContain("reminder: in an hour");
        assertThat(queues.depth("reminders").delayed()).isOne();
        assertThat(queues.purge("reminders")).isOne();
    }

    @Test
    void aReminderThatWaitedTooLongIsDropped() {
        queues.pause("reminders");
        reminders.remindWithin(Duration.ofMillis(1), "too late");
        reminders.remindWithin(Duration.ofHours(1), "in time");
        queues.resume("reminders");

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("reminder: in time"));
        assertThat(mailer.sent()).doesNotContain("reminder: too late");
    }
}
