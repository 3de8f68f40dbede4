package dev.aegis.messaging.examples.fanout;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Each queue that subscribes to a topic gets its own copy. */
@QuarkusTest
class PricesTest {

    @Inject
    Prices prices;

    @Inject
    Mailer mailer;

    @Test
    void shopAndNewsletterBothHearOfAPrice() {
        prices.publish("shoe: 50");

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("shop: shoe: 50", "newsletter: shoe: 50"));
    }
}
