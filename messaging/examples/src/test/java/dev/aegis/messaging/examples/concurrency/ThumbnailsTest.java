package dev.aegis.messaging.examples.concurrency;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A handler that need not keep the order works on several messages at once. */
@QuarkusTest
class ThumbnailsTest {

    @Inject
    Thumbnails thumbnails;

    @Inject
    Mailer mailer;

    @Test
    void allThumbnailsAreMade() {
        for (var i = 0; i < 10; i++) {
            thumbnails.request("image " + i);
        }

        eventually().untilAsserted(() -> assertThat(mailer.sent())
                .filteredOn(mail -> mail.startsWith("thumbnail"))
                .hasSize(10));
    }
}
