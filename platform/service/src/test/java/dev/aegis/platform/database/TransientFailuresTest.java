package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransientFailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", "08006", "25006", "40001", "40P01", "53100", "53300", "55006", "55P03", "57014", "57P01",
                "58030"
            })
    void failuresThatMayNotRecurAreTransient(String state) {
        assertThat(TransientFailures.isTransient(new SQLException("", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "22021", "23505", "23514", "25P02", "25001", "42P01", "55000", "XX000"})
    void otherFailuresAreNotTransient(String state) {
        assertThat(TransientFailures.isTransient(new SQLException("", state))).isFalse();
    }

    @Test
    void aPoolWithoutAConnectionIsATransientFailure() {
        assertThat(TransientFailures.isTransient(new SQLException("Sorry, acquisition timeout!")))
                .isTrue();
    }
}
