package dev.aegis.messaging.examples.atleastonce;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A message that was sent without a transaction is handled. */
@QuarkusTest
class ReceiptsTest {

    @Inject
    Receipts receipts;

    @Inject
    Mailer mailer;

    @Test
    void aReceiptIsMailed() {
        receipts.request("Ada");

        eventually()
                .untilAsserted(() -> assertThat(mailer.sent()).anyMatch(mail -> mail.matches("receipt \\d+ for Ada")));
    }
}
