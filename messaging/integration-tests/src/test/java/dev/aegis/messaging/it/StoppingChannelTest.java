package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.Test;

/** A channel with the failure strategy fail ends at its first failure. */
@QuarkusTest
@TestProfile(StoppingChannelTest.OwnApplication.class)
class StoppingChannelTest extends MessagingTest {

    /** A stopped channel stays so: no other test shall find it in its application. */
    public static class OwnApplication implements QuarkusTestProfile {}

    @Inject
    @Channel("to-stopping")
    Emitter<String> stopping;

    @Inject
    HostileHandlers handlers;

    @Test
    void itStopsAtATimeoutTooAndLeavesItsSlotToOtherProcesses() {
        var gate = handlers.closeGate();
        stopping.send("stuck");
        eventually().until(() -> count("messaging.delayed_message WHERE queue = 'stopping'") == 1);
        gate.countDown();

        stopping.send("next");
        eventually().until(() -> count("messaging.slot WHERE queue = 'stopping' AND consumer IS NOT NULL") == 0);
        assertThat(handlers.calls()).containsExactly("stuck");
    }
}
