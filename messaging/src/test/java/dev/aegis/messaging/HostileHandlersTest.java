package dev.aegis.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever handlers and observers do, no message is lost, and the others are handled. */
@QuarkusTest
class HostileHandlersTest extends MessagingTest {

    private static final String DEAD = "SELECT payload FROM messaging.dead_letter";

    @Inject
    @Channel("to-hostile")
    Emitter<String> hostile;

    @Inject
    HostileHandlers handlers;

    @BeforeEach
    void forget() {
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

    @Test
    void anObserverThatVetoesIsPassedByInTheEnd() {
        sendThenOthers("its observer vetoes");

        eventually().until(() -> isDrained() && count("messaging.dead_letter") == 3);
        assertThat(handlers.calls()).contains("good");
    }
}
