package dev.aegis.messaging.examples.relay;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.admin.Queues;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** What is sent in a transaction reaches the other broker by a relay. */
@QuarkusTest
class ShipmentsTest {

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector broker;

    @Inject
    Shipments shipments;

    @Inject
    Queues queues;

    @Test
    void aShipmentReachesTheOtherBrokerAndLeavesTheTables() {
        shipments.ship("parcel 1");

        eventually().untilAsserted(() -> assertThat(
                        broker.<String>sink("shipments-out").received())
                .extracting(Message::getPayload)
                .containsExactly("parcel 1"));
        eventually().until(() -> queues.depth("shipments").inFlight() == 0);
    }
}
