package dev.aegis.messaging.examples.priority;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What has a lower priority number is handled first. */
@QuarkusTest
class ExportsTest {

    @Inject
    Exports exports;

    @Inject
    Queues queues;

    @Inject
    Mailer mailer;

    @Test
    void whatSomebodyWaitsForGoesFirst() {
        queues.pause("exports");
        exports.request("archive.zip", false);
        exports.request("invoice.pdf", true);
        queues.resume("exports");

        eventually().untilAsserted(() -> assertThat(mailer.sent())
                .containsSubsequence("export of invoice.pdf", "export of archive.zip"));
    }
}
