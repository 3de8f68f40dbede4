package dev.aegis.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.hibernate.exception.GenericJDBCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57014, UNAVAILABLE",
        "55P03, UNAVAILABLE",
        "40P01, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "25P02, NONE",
        "23505, CONFLICT",
        "23503, CONFLICT",
        "23502, NONE",
        "23514, NONE",
        "42P01, NONE",
        "22021, NONE",
    })
    void theSqlStateDecidesTheResponse(String state, DatabaseFailure failure) {
        assertThat(DatabaseFailure.of(new RuntimeException(new SQLException("secret", state))))
                .isEqualTo(failure);
    }

    @Test
    void aPoolWithoutAConnectionIsAnUnavailableDatabase() {
        var failure = new GenericJDBCException("", new SQLException("Sorry, acquisition timeout!"));

        assertThat(DatabaseFailure.of(failure)).isEqualTo(DatabaseFailure.UNAVAILABLE);
    }

    @Test
    void theReasonOfAFailedCommitIsFoundAmongItsSuppressedExceptions() {
        var failure = new IllegalStateException("rolled back");
        failure.addSuppressed(new BatchUpdateException(new SQLException("secret", "08006")));

        assertThat(DatabaseFailure.of(failure)).isEqualTo(DatabaseFailure.UNAVAILABLE);
    }

    @Test
    void anyOtherFailureHasNothingToDoWithTheDatabase() {
        assertThat(DatabaseFailure.of(new NullPointerException())).isEqualTo(DatabaseFailure.NONE);
    }
}
