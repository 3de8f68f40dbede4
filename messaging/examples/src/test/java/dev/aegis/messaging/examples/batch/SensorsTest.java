package dev.aegis.messaging.examples.batch;

import static dev.aegis.messaging.examples.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** A handler of lists stores many messages in one transaction. */
@QuarkusTest
class SensorsTest {

    @Inject
    Sensors sensors;

    @Test
    void manyReadingsAreStoredByFewCalls() {
        sensors.measure(500);

        eventually().until(() -> QuarkusTransaction.requiringNew().call(() -> Reading.count()) == 500);
        assertThat(sensors.calls()).isLessThan(100);
    }
}
