package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    @Test
    void aConnectionNamesItsServiceAndHasTimeouts() {
        assertThat(work("postgresql://u:p@h/d").parameters())
                .hasEntrySatisfying("ApplicationName", name -> assertThat(name).startsWith("aegis-api@"))
                .containsEntry("connectTimeout", "5")
                .containsEntry("socketTimeout", "30")
                .hasEntrySatisfying("options", options -> assertThat(options).contains("statement_timeout=20s"));
    }

    @Test
    void theUrlOverridesTheDefaults() {
        var url =
                work("postgresql://u:p@h/d?ApplicationName=me&socketTimeout=90&options=-c%20statement_timeout%3D1min");

        assertThat(url.parameters())
                .containsEntry("ApplicationName", "me")
                .containsEntry("socketTimeout", "90")
                .hasEntrySatisfying("options", options -> assertThat(options).endsWith(" -c statement_timeout=1min"));
    }

    @Test
    void anEmptyOptionsParameterIsLeftOutForPoolersThatRefuseIt() {
        assertThat(work("postgresql://u:p@h/d?options=").parameters()).doesNotContainKey("options");
        assertThat(work("postgresql://u:p@h/d?options=").jdbcUrl()).doesNotContain("options");
        assertThat(migrations("postgresql://u:p@h/d?options=%20").parameters()).doesNotContainKey("options");
    }

    @Test
    void thePrimaryOfSeveralHostsIsUsed() {
        assertThat(work("postgresql://u:p@one,two/d").parameters()).containsEntry("targetServerType", "primary");
        assertThat(work("postgresql://u:p@one/d").parameters()).doesNotContainKey("targetServerType");
    }

    @Test
    void migrationsHaveNoTimeouts() {
        assertThat(migrations("postgresql://u:p@h/d").parameters())
                .containsEntry("socketTimeout", "0")
                .hasEntrySatisfying("options", options -> assertThat(options).contains("-c statement_timeout=0"));
    }

    @Test
    void namesWithoutASchemaBelongToPublic() {
        assertThat(List.of(work("postgresql://u:p@h/d"), migrations("postgresql://u:p@h/d")))
                .allSatisfy(url -> assertThat(url.parameters().get("options")).contains("-c search_path=public"));
    }

    private static DatabaseUrl work(String url) {
        return Connections.forWork(DatabaseUrl.parse(url), "aegis-api");
    }

    private static DatabaseUrl migrations(String url) {
        return Connections.forMigrations(DatabaseUrl.parse(url), "aegis-api");
    }
}
