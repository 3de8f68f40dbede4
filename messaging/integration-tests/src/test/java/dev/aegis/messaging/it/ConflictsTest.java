package dev.aegis.messaging.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that loses against others is run again at once, and that costs its message no attempt. */
@QuarkusTest
class ConflictsTest extends MessagingTest {

    @Inject
    @Channel("to-conflicts")
    Emitter<String> conflicts;

    @Inject
    Conflicts handler;

    @BeforeEach
    void forget() throws Exception {
        handler.calls().clear();
        execute("ALTER SEQUENCE conflicts RESTART");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at the commit", "in a deadlock"})
    void aTransactionThatLosesTwiceIsRunThreeTimesInOneAttempt(String loses) {
        conflicts.send(loses);

        eventually().until(() -> count("effect") == 1 && isDrained());
        assertThat(query("SELECT attempt FROM effect")).containsExactly("1");
        assertThat(handler.calls()).hasSize(3);
    }

    @Test
    void oneThatAlwaysLosesIsADeadLetterInTheEnd() {
        conflicts.send("always");

        eventually().until(() -> count("messaging.dead_letter") == 1 && isDrained());
        assertThat(query("SELECT attempts FROM messaging.dead_letter")).containsExactly("2");
        assertThat(handler.calls()).hasSize(2 * 21);
        assertThat(effects()).isEmpty();
    }
}
