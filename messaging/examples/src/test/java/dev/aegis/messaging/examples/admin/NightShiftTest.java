package dev.aegis.messaging.examples.admin;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A paused queue keeps its messages until it goes on. */
@QuarkusTest
class NightShiftTest {

    @Inject
    NightShift shift;

    @Inject
    Mailer mailer;

    @Test
    void jobsWaitForTheNight() {
        shift.dayBegins();
        shift.add("backup");
        shift.add("report");
        assertThat(shift.waiting()).isEqualTo(2);
        assertThat(mailer.sent()).doesNotContain("job: backup");

        shift.nightBegins();

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("job: backup", "job: report"));
    }
}
