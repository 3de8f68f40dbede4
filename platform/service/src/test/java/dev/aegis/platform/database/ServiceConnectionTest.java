package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ServiceConnectionTest {

    @Inject
    Database database;

    @ParameterizedTest
    @CsvSource({
        "application_name, aegis-platform-service@.+",
        "lock_timeout, 10s",
        "statement_timeout, 20s",
        "idle_in_transaction_session_timeout, 1min",
    })
    void aConnectionOfTheServiceIsSetUpFromDatabaseUrl(String setting, String value) {
        assertThat(database.<String, RuntimeException>compute(
                        session -> (String) session.createNativeQuery("SHOW " + setting, String.class)
                                .getSingleResult()))
                .matches(value);
    }
}
