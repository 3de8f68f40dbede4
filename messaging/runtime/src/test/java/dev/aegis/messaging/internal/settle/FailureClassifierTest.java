package dev.aegis.messaging.internal.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is behind a failure is found, however it is wrapped, and whatever it says. */
@Timeout(10)
class FailureClassifierTest {

    private static Throwable withState(String state) {
        return new CompletionException(new SQLException("no", state));
    }

    /** How the transaction manager tells of a commit that the database refused. */
    private static Throwable atCommit(String state) {
        var rolledBack = new RollbackException("could not commit");
        var ofResource = new IllegalStateException("XAER");
        ofResource.addSuppressed(new SQLException("no", state));
        rolledBack.addSuppressed(ofResource);
        return rolledBack;
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57P01", "57P03", "58030", "25006", "55P03", "57014", "40001", "40P01"})
    void aDatabaseThatIsAwayOrBusyIsAnOutage(String state) {
        assertThat(FailureClassifier.isOutage(withState(state))).isTrue();
        assertThat(FailureClassifier.isOutage(atCommit(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P02", "23505", "42P01", "22003", "55000", "P0001", ""})
    void whatABugOrTheDataCausesIsNoOutage(String state) {
        assertThat(FailureClassifier.isOutage(withState(state))).isFalse();
        assertThat(FailureClassifier.isConflict(withState(state))).isFalse();
    }

    @Test
    void aPoolWithoutConnectionsIsAnOutageAndARollbackAloneIsNone() {
        assertThat(FailureClassifier.isOutage(new SQLException("acquisition timeout")))
                .isTrue();
        assertThat(FailureClassifier.isOutage(new RollbackException("rolled back")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aSerializationFailureAndADeadlockAreConflicts(String state) {
        assertThat(FailureClassifier.isConflict(withState(state))).isTrue();
        assertThat(FailureClassifier.isConflict(atCommit(state))).isTrue();
        assertThat(FailureClassifier.isConflict(withState("40002"))).isFalse();
    }

    @Test
    void causesThatGoInCirclesEnd() {
        var inner = new ExecutionException("inner", null) {
            @Override
            public synchronized Throwable getCause() {
                return getSuppressed().length == 0 ? null : getSuppressed()[0];
            }
        };
        var outer = new CompletionException("outer", inner);
        inner.addSuppressed(outer);

        assertThat(FailureClassifier.isOutage(outer)).isFalse();
        assertThat(FailureClassifier.isConflict(outer)).isFalse();
        assertThat(FailureClassifier.root(outer)).isIn(inner, outer);
        assertThat(FailureClassifier.stackTrace(outer)).contains("inner");
    }

    @Test
    void aFailureThatFailsWhenItIsAskedIsTakenAsItIs() {
        var mute = new CompletionException("mute", null) {
            @Override
            public synchronized Throwable getCause() {
                throw new StackOverflowError("says nothing");
            }

            @Override
            public String getMessage() {
                throw new StackOverflowError("says nothing");
            }
        };

        assertThatNoException().isThrownBy(() -> FailureClassifier.text(mute));
        assertThatNoException().isThrownBy(() -> FailureClassifier.stackTrace(mute));
        assertThat(FailureClassifier.isOutage(mute)).isFalse();
        assertThat(FailureClassifier.root(mute)).isSameAs(mute);
    }
}
