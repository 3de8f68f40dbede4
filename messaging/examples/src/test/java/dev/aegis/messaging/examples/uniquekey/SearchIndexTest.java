package dev.aegis.messaging.examples.uniquekey;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** While a message with a key waits, there is no second one. */
@QuarkusTest
class SearchIndexTest {

    @Inject
    SearchIndex index;

    @Inject
    Queues queues;

    @Inject
    Mailer mailer;

    @Test
    void manyChangesAreOneMessage() {
        queues.pause("index");
        index.changed("shoe");
        index.changed("shoe");
        index.changed("hat");

        assertThat(queues.depth("index").waiting()).isEqualTo(2);
        queues.resume("index");
        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("index of shoe", "index of hat"));
        assertThat(mailer.sent()).containsOnlyOnce("index of shoe");
    }

    @Test
    void aLaterChangeTakesThePlaceOfTheOneThatWaits() {
        index.changedAgain("coat", Duration.ofHours(1));
        index.changedAgain("coat", Duration.ofMillis(100));

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("index of coat"));
        assertThat(queues.depth("index").delayed()).isZero();
    }
}
