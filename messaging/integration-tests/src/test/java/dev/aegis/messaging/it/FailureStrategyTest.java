package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.PostgresqlFailureHandler;
import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.RetryPolicy;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

/** A failure strategy that the application adds decides on each message of the channels that name it. */
@QuarkusTest
class FailureStrategyTest extends MessagingTest {

    @Inject
    Judged judged;

    @Inject
    @Channel("to-judged")
    Emitter<String> emitter;

    @Inject
    @Connector(PostgresqlMessaging.CONNECTOR)
    InboundConnector connector;

    /** Tries a message again at once, drops it, gives it up or fails itself, as the failure says. */
    @ApplicationScoped
    @Identifier("as-the-failure-says") static class AsTheFailureSays implements PostgresqlFailureHandler.Factory {

        @Override
        public PostgresqlFailureHandler create(Config channel, RetryPolicy retry) {
            return (message, failure) -> switch (failure.getMessage()) {
                case "again", "for ever" -> FailureAction.retryAfter(Duration.ZERO);
                case "drop" -> FailureAction.drop();
                case "give up" -> FailureAction.deadLetter();
                case "decide nothing" -> null;
                default -> throw new IllegalStateException("the strategy is broken");
            };
        }
    }

    @ApplicationScoped
    static class Judged {

        private final List<String> attempts = new CopyOnWriteArrayList<>();

        @Incoming("judged")
        @Blocking
        void handle(String payload, IncomingPostgresqlMetadata message) {
            attempts.add(payload + " " + message.getAttempt());
            if (!payload.equals("again") || message.getAttempt() < 3) {
                throw new IllegalArgumentException(payload);
            }
        }

        List<String> attempts() {
            return attempts;
        }

        void forget() {
            attempts.clear();
        }
    }

    @Test
    void itDecidesOnEachMessage() {
        judged.forget();
        for (var payload : List.of("again", "drop", "give up", "break", "decide nothing")) {
            emitter.send(payload).toCompletableFuture().join();
        }

        eventually().until(() -> judged.attempts().size() >= 7 && isDrained());
        assertThat(judged.attempts())
                .containsExactlyInAnyOrder(
                        "again 1", "again 2", "again 3", "drop 1", "give up 1", "break 1", "decide nothing 1");
        assertThat(query("SELECT payload FROM messaging.dead_letter ORDER BY payload"))
                .containsExactly("break", "decide nothing", "give up");
    }

    @Test
    void itTriesNoMessageMoreOftenThanItsChannelMay() {
        emitter.send("for ever").toCompletableFuture().join();

        eventually().until(() -> count("messaging.dead_letter") == 1 && isDrained());
        assertThat(query("SELECT attempts || ' ' || error FROM messaging.dead_letter"))
                .containsExactly("4 java.lang.IllegalArgumentException: for ever");
    }

    @Test
    void aStrategyThatDoesNotExistEndsTheStartAndNamesThoseThatDo() {
        var channel = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "channel-name", "another",
                                "connector", PostgresqlMessaging.CONNECTOR,
                                "failure-strategy", "as-nobody-says"),
                        "test",
                        1))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> connector.getPublisher(channel))
                .withMessage("mp.messaging.incoming.another: failure-strategy is one of"
                        + " [as-the-failure-says, dead-letter-queue, fail, ignore, requeue], not as-nobody-says");
    }
}
