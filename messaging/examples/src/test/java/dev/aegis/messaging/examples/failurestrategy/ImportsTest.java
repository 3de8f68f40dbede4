package dev.aegis.messaging.examples.failurestrategy;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A failure strategy of the application's own decides what becomes of a message that failed. */
@QuarkusTest
class ImportsTest {

    @Inject
    Imports imports;

    @Inject
    Queues queues;

    @Inject
    Mailer mailer;

    @Test
    void whatIsInvalidIsDropped() {
        imports.add("one");
        imports.add("2");

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("import of 2"));
        eventually().until(() -> {
            var depth = queues.depth("imports");
            return depth.waiting() + depth.inFlight() + depth.delayed() + depth.dead() == 0;
        });
    }
}
