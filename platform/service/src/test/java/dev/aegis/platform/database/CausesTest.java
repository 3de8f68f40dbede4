package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void suppressedFailuresComeBeforeTheCause() {
        var cause = new SQLException("cause");
        var hidden = new SQLException("hidden");
        var suppressed = new IllegalStateException("suppressed", hidden);
        var failure = new RuntimeException("failure", cause);
        failure.addSuppressed(suppressed);

        assertThat(Causes.of(failure)).containsExactly(failure, suppressed, hidden, cause);
    }

    @Test
    void eachFailureComesOnceEvenIfItIsItsOwnCause() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);
        first.addSuppressed(second);

        assertThat(Causes.of(first)).containsExactly(first, second);
    }

    @Test
    void aChainWithoutEndIsCutOff() {
        Throwable failure = new RuntimeException();
        for (int i = 0; i < 1_000; i++) {
            failure = new RuntimeException(failure);
        }

        assertThat(Causes.of(failure)).hasSize(100);
    }
}
