package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.platform.database.DatabaseUrl;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void theFirstPortOfARangeIsUsed() {
        assertThat(settings("WORKER_PORT", "8280-8299").port("WORKER_PORT", 1)).isEqualTo(8280);
        assertThat(settings("WORKER_PORT", "").port("WORKER_PORT", 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536", "8280-"})
    void anInvalidPortIsRejectedWithTheNameOfTheSetting(String value) {
        assertThatThrownBy(() -> settings("API_PORT", value).port("API_PORT", 8080))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("API_PORT=" + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "postgresql://aegis:aegis@postgres:5432/aegis_db",
                "POSTGRESQL://aegis:aegis@postgres/aegis_db",
                "postgres://aegis@postgres/aegis_db"
            })
    void theEmbeddedDatabaseTakesThePlaceOfTheOneInCompose(String url) {
        var settings = settings("DATABASE_URL", url);

        assertThat(settings.externalDatabase()).isEmpty();
        assertThat(settings.databaseUrl()).isEqualTo("postgresql://aegis:aegis@localhost:5432/aegis_db");
    }

    @Test
    void theEmbeddedDatabaseIsUsedWithTheParametersThatWereMeantForTheOneInCompose() {
        assertThat(settings("DATABASE_URL", "postgres://aegis:s%40fe@postgres/aegis_db?socketTimeout=5")
                        .databaseUrl())
                .isEqualTo("postgresql://aegis:s%40fe@localhost:5432/aegis_db?socketTimeout=5");
    }

    @Test
    void theEmbeddedDatabaseHasThePasswordOfTheOneInCompose() {
        assertThat(settings("POSTGRES_PASSWORD", "s fe").databasePassword()).isEqualTo("s fe");
        assertThat(settings("POSTGRES_PASSWORD", "s fe").databaseUrl())
                .isEqualTo("postgresql://aegis:s%20fe@localhost:5432/aegis_db");
        assertThat(settings("DATABASE_URL", "postgresql://aegis:s%40fe@postgres/aegis_db")
                        .databasePassword())
                .isEqualTo("s@fe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://aegis:s%40fe@db.example.org/aegis_db",
                "postgresql://aegis:unescaped@sign@db.example.org/aegis_db",
                "postgresql://aegis:x@postgres@db.example.org/aegis_db",
                "POSTGRESQL://aegis:aegis@db1:5432,db2:5432/aegis_db",
                "postgresql://aegis:aegis@postgres1/aegis_db"
            })
    void anExternalDatabaseIsUsedAsDatabaseUrlNamesIt(String url) {
        assertThat(settings("DATABASE_URL", url).externalDatabase()).contains(DatabaseUrl.parse(url));
        assertThat(settings("DATABASE_URL", url).databaseUrl()).isEqualTo(url);
    }

    @Test
    void theMigrationUrlIsIgnoredWithTheEmbeddedDatabase() {
        var remote = "postgresql://aegis:aegis@db1.example.org/aegis_db";
        var environment = new HashMap<>(Map.of("DATABASE_MIGRATION_URL", remote));

        settings("DATABASE_MIGRATION_URL", remote).exportTo(environment);

        assertThat(environment)
                .containsEntry("DATABASE_URL", "postgresql://aegis:aegis@localhost:5432/aegis_db")
                .doesNotContainKey("DATABASE_MIGRATION_URL");
    }

    @Test
    void theMigrationUrlIsUsedWithAnExternalDatabase() {
        var named = Map.of(
                "DATABASE_URL", "postgresql://aegis:aegis@pooler.example.org/aegis_db",
                "DATABASE_MIGRATION_URL", "postgresql://aegis:aegis@db1.example.org/aegis_db");
        var environment = new HashMap<String, String>();

        new Settings(Path.of("installation"), Path.of("home"), named).exportTo(environment);

        assertThat(environment).containsAllEntriesOf(named);
    }

    @Test
    void anInvalidDatabaseUrlIsRejectedBeforeAnythingStarts() {
        assertThatThrownBy(() -> settings("DATABASE_URL", "mysql://db/aegis_db").externalDatabase())
                .isInstanceOf(CliException.class)
                .hasMessageContaining("DATABASE_URL is invalid");
    }

    @Test
    void anAddressForAllInterfacesIsReachedLocally() {
        assertThat(settings("BIND_ADDRESS", "0.0.0.0").reachableHost()).isEqualTo("localhost");
        assertThat(settings("BIND_ADDRESS", "192.168.1.7").reachableHost()).isEqualTo("192.168.1.7");
    }

    private static Settings settings(String name, String value) {
        return new Settings(Path.of("installation"), Path.of("home"), Map.of(name, value));
    }
}
