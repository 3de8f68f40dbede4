package dev.aegis.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.messaging.internal.settle.SqlStates;
import dev.aegis.platform.database.TransientFailures;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLState;

/** The connector, which knows nothing of the platform, takes the same failures of the database for transient. */
class TransientFailuresAgreeTest {

    @ParameterizedTest
    @EnumSource(PSQLState.class)
    void theStatesOfTheDriver(PSQLState state) {
        agree(state.getState());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08P01", "23505", "25006", "25P02", "25P03", "25P04", "40001", "40002", "40003", "40P01", "53000",
                        "53100",
                "53200", "53300", "53400", "54000", "55000", "55006", "55P02", "55P03", "55P04", "57000", "57014",
                        "57P01",
                "57P02", "57P03", "57P04", "57P05", "58000", "58030", "58P01", "72000", "XX000", "XX001"
            })
    void theStatesOfTheServer(String state) {
        agree(state);
    }

    private static void agree(String state) {
        assertThat(TransientFailures.isTransient(new SQLException("", state)))
                .as(state)
                .isEqualTo(SqlStates.isOutage(state));
    }
}
