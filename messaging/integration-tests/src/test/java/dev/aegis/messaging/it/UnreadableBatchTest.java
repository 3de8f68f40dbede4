package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.PostgresqlMessaging;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** A batch of which nothing can be read is a failure like any other for the failure strategy {@code fail}. */
@QuarkusTest
@TestProfile(UnreadableBatchTest.OwnApplication.class)
class UnreadableBatchTest extends MessagingTest {

    /** A stopped channel stays so: no other test shall find it in its application. */
    public static class OwnApplication implements QuarkusTestProfile {}

    @Inject
    @Channel("to-unreadable")
    Emitter<String> unreadable;

    @Inject
    @Connector(PostgresqlMessaging.CONNECTOR)
    HealthReporter connector;

    @ApplicationScoped
    static class Numbers {

        @Incoming("unreadable")
        void handle(List<Integer> numbers) {
            throw new AssertionError("nothing can be read");
        }
    }

    @Test
    void itStopsTheChannelAndIsGivenUp() {
        unreadable.send("no number").toCompletableFuture().join();

        eventually().until(() -> count("messaging.dead_letter WHERE queue = 'unreadable'") == 1);
        eventually().until(() -> connector.getLiveness().getChannels().stream()
                .anyMatch(channel -> channel.getChannel().equals("unreadable") && !channel.isOk()));
        unreadable.send("nor this").toCompletableFuture().join();
        assertThat(count("messaging.message WHERE queue = 'unreadable'")).isOne();
    }
}
