package dev.aegis.messaging.examples.headers;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.examples.mail.Mailer;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A handler finds the headers of the sender. */
@QuarkusTest
class GreetingsTest {

    @Inject
    Greetings greetings;

    @Inject
    Mailer mailer;

    @Test
    void aHeaderTravelsWithItsMessage() {
        greetings.greet("Ada", "en");
        greetings.greet("Konrad", "de");

        eventually().untilAsserted(() -> assertThat(mailer.sent()).contains("Good day, Ada", "Guten Tag, Konrad"));
    }
}
