package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.internal.receive.IncomingChannels;
import dev.aegis.messaging.it.Entry.Mishap;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.Test;

/** A process that stops finishes what it began, and gives back the rest. In an application of its own, which it stops. */
@QuarkusTest
@TestProfile(ShutdownTest.OwnApplication.class)
class ShutdownTest extends MessagingTest {

    public static final class OwnApplication implements QuarkusTestProfile {}

    @Inject
    @Channel("to-ledger")
    Emitter<Entry> ledger;

    @Inject
    Ledger handler;

    @Inject
    IncomingChannels channels;

    @Test
    void handlersUnderWayAreFinishedAndTheRestIsGivenBackWithItsAttempts() {
        var gate = handler.closeGate();
        IntStream.range(0, 40).forEach(i -> ledger.send(new Entry("entry " + i, Mishap.WAITS)));
        eventually().until(() -> handler.deliveries().size() == 4);
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL") > 4);

        var stopping = CompletableFuture.runAsync(channels::stop);
        eventually().until(() -> count("messaging.message WHERE claimed_by IS NOT NULL") == 4);
        gate.countDown();
        stopping.join();

        assertThat(effects()).hasSize(4);
        assertThat(query("SELECT DISTINCT attempt FROM messaging.message")).containsExactly("0");
        assertThat(count("messaging.message WHERE claimed_by IS NULL")).isEqualTo(36);
        assertThat(count("messaging.consumer")).isZero();
    }
}
