package dev.aegis.model.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.model.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ServiceConnectionTest {

    @Inject
    Database database;

    @ParameterizedTest
    @CsvSource({
        "application_name, aegis-shared-model@.+",
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
