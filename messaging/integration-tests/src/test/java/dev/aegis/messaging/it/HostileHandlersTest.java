package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever handlers and observers do, no message is lost, and the others are handled. */
@QuarkusTest
class HostileHandlersTest extends MessagingTest {

    private static final String DEAD = "SELECT payload FROM messaging.dead_letter";

    @Inject
    @Channel("to-hostile")
    Emitter<String> hostile;

    @Inject
    HostileHandlers handlers;

    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

    private Counter dead;

    @AfterAll
    static void removeTheMeters() {
        Metrics.removeRegistry(METERS);
    }

    @BeforeEach
    void forget() {
        Metrics.addRegistry(METERS);
        dead = METERS.get("messaging.dead").tag("queue", "hostile").counter();
        handlers.calls().clear();
    }

    /** More messages than are handled at once, and others behind them. */
    private void sendThenOthers(String payload) {
        List.of(payload, payload, payload, "good", "good").forEach(hostile::send);
    }

    @Test
    void anExceptionThatCannotBePrintedMakesADeadLetter() {
        sendThenOthers("mute");

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(handlers.calls()).contains("good");
        assertThat(query("SELECT error FROM messaging.dead_letter"))
                .allMatch(error -> error.contains(HostileHandlers.MuteException.class.getName()));
    }

    @Test
    void aHandlerThatCallsTheOneOfAnotherChannelKeepsItsOwnMessage() {
        sendThenOthers("calls another handler and fails");

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(query(DEAD)).containsOnly("calls another handler and fails");
    }

    @ParameterizedTest
    @CsvSource({
        "vetoes, an observer marked the transaction for rollback",
        "writes what the commit refuses, refused_at_commit",
        "finds a lock, busy",
        "finds another server down, another server is down",
        "sends too much, larger than max-payload-size",
        "goes in circles, as asked",
        "breaks, StackOverflowError",
    })
    void aDeadLetterIsMovedInTheEndWhateverItsObserverDoesAndTellsOfBothFailures(String does, String failure) {
        var before = dead.count();
        sendThenOthers("its observer " + does);

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(handlers.calls()).contains("good");
        assertThat(query("SELECT error FROM messaging.dead_letter")).allSatisfy(error -> assertThat(error)
                .startsWith("java.lang.IllegalStateException: its observer " + does + "; its observers failed: ")
                .contains(failure));
        eventually().untilAsserted(() -> assertThat(dead.count() - before).isEqualTo(3));
    }

    @Test
    void anExceptionThatIsItsOwnCauseMakesADeadLetter() {
        sendThenOthers("goes in circles");

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(query("SELECT error FROM messaging.dead_letter"))
                .containsOnly("java.lang.IllegalArgumentException: as asked");
    }
}
