package dev.aegis.messaging.settle;

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
class CausesTest {

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
        assertThat(Causes.isOutage(withState(state))).isTrue();
        assertThat(Causes.isOutage(atCommit(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"25P02", "23505", "42P01", "22003", "55000", "P0001", ""})
    void whatABugOrTheDataCausesIsNoOutage(String state) {
        assertThat(Causes.isOutage(withState(state))).isFalse();
        assertThat(Causes.isConflict(withState(state))).isFalse();
    }

    @Test
    void aPoolWithoutConnectionsIsAnOutageAndARollbackAloneIsNone() {
        assertThat(Causes.isOutage(new SQLException("acquisition timeout"))).isTrue();
        assertThat(Causes.isOutage(new RollbackException("rolled back"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aSerializationFailureAndADeadlockAreConflicts(String state) {
        assertThat(Causes.isConflict(withState(state))).isTrue();
        assertThat(Causes.isConflict(atCommit(state))).isTrue();
        assertThat(Causes.isConflict(withState("40002"))).isFalse();
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

        assertThat(Causes.isOutage(outer)).isFalse();
        assertThat(Causes.isConflict(outer)).isFalse();
        assertThat(Causes.root(outer)).isIn(inner, outer);
        assertThat(Causes.stackTrace(outer)).contains("inner");
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

        assertThatNoException().isThrownBy(() -> Causes.text(mute));
        assertThatNoException().isThrownBy(() -> Causes.stackTrace(mute));
        assertThat(Causes.isOutage(mute)).isFalse();
        assertThat(Causes.root(mute)).isSameAs(mute);
    }
}
