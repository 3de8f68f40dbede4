package dev.aegis.messaging.examples.otherconnector;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** Channels of another connector work as they do without this one, and together with it. */
@QuarkusTest
class UploadsTest {

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector memory;

    @Test
    void aMessageGoesFromOneConnectorThroughPostgresqlToTheOther() {
        memory.<String>source("uploads").send("cat.jpg");

        eventually()
                .untilAsserted(() -> assertThat(memory.<String>sink("scanned").received())
                        .extracting(Message::getPayload)
                        .containsExactly("cat.jpg is clean"));
    }
}
