package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.platform.database.DatabaseUrl.Host;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void theUrlOfTheComposeFileIsUnderstood() {
        var url = DatabaseUrl.parse("postgresql://aegis:aegis@postgres:5432/aegis_db");

        assertThat(url)
                .isEqualTo(new DatabaseUrl(
                        java.util.List.of(new Host("postgres", 5432)), "aegis_db", "aegis", "aegis", Map.of()));
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://postgres:5432/aegis_db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgres://a:b@h/d", "PostgreSQL://a:b@h/d", "  postgresql://a:b@h/d\n", "postgresql://a:b@h:/d"
            })
    void theSchemeHasTwoNamesAndThePortADefault(String text) {
        assertThat(DatabaseUrl.parse(text).jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d");
    }

    @Test
    void userPasswordDatabaseAndParametersArePercentDecoded() {
        var url =
                DatabaseUrl.parse("postgresql://j%40ne:p%3Ass%2Fw%C3%B6rd%25+@h/my%20db?sslrootcert=%2Fetc%2Fca+1.pem");

        assertThat(url.user()).isEqualTo("j@ne");
        assertThat(url.password()).isEqualTo("p:ss/wörd%+");
        assertThat(url.database()).isEqualTo("my db");
        assertThat(url.parameters()).containsExactly(Map.entry("sslrootcert", "/etc/ca+1.pem"));
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/my%20db?sslrootcert=%2Fetc%2Fca%2B1.pem");
    }

    @Test
    void aPasswordMayContainAnUnescapedAtSignColonAndHash() {
        assertThat(DatabaseUrl.parse("postgresql://u:p@s:s#w@h/d").password()).isEqualTo("p@s:s#w");
    }

    @Test
    void severalHostsAreTriedInTurn() {
        assertThat(DatabaseUrl.parse("postgresql://u@one,two:5433,[::1]:5434,[fe80::2]/d")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://one:5432,two:5433,[::1]:5434,[fe80::2]:5432/d");
    }

    @Test
    void thePasswordMayBeLeftOut() {
        assertThat(DatabaseUrl.parse("postgresql://u@h/d").password()).isNull();
    }

    @Test
    void userAndPasswordMayBeParameters() {
        var url = DatabaseUrl.parse("postgresql://h/d?user=u&password=p%26q&sslmode=require");

        assertThat(url.user()).isEqualTo("u");
        assertThat(url.password()).isEqualTo("p&q");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/d?sslmode=require");
    }

    @ParameterizedTest
    @CsvSource({
        "connect_timeout=3, connectTimeout, 3",
        "application_name=me, ApplicationName, me",
        "channel_binding=require, channelBinding, require",
        "target_session_attrs=read-write, targetServerType, primary",
        "target_session_attrs=any, targetServerType, any",
        "prepareThreshold=0, prepareThreshold, 0",
        "options=, options, ''",
    })
    void parametersArePassedOnUnderTheNamesOfTheDriver(String parameter, String name, String value) {
        assertThat(DatabaseUrl.parse("postgresql://u:p@h/d?" + parameter).parameters())
                .containsEntry(name, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"                                   | it is empty",
                "mysql://u:s3cret@h/d                   | it does not start with postgresql://",
                "jdbc:postgresql://h/d?password=s3cret  | it does not start with postgresql://",
                "u:s3cret@h/d                           | it does not start with postgresql://",
                "postgresql://u:s3cret@/d               | it names no host",
                "postgresql://u:s3cret@h                | it names no database",
                "postgresql://u:s3cret@h/               | it names no database",
                "postgresql://h/d                       | it names no user",
                "postgresql://:s3cret@h/d               | it names no user",
                "postgresql://u:s3cret@h:0/d            | the port is not a number from 1 to 65535",
                "postgresql://u:s3cret@h:65536/d        | the port is not a number from 1 to 65535",
                "postgresql://u:s3cret@h:5432x/d        | the part between the @ and the next / is not host:port",
                "postgresql://u:s3cret@h,/d             | the part between the @ and the next / is not host:port",
                "postgresql://u:s3cret@::1/d            | the part between the @ and the next / is not host:port",
                "postgresql://u:s3cret                  | the part between the @ and the next / is not host:port",
                "postgresql://u:s3cret/d                | the part between the @ and the next / is not host:port",
                "postgresql://u:s3cr/et@h/d             | there is a / or ? before the @",
                "postgresql://u:s3cr?et@h/d             | there is a / or ? before the @",
                "postgresql://u:s3cret%@h/d             | it has a % that is not followed by two hexadecimal digits",
                "postgresql://u:s3cret%zz@h/d           | it has a % that is not followed by two hexadecimal digits",
                "postgresql://u:s3cret@h/d%2            | it has a % that is not followed by two hexadecimal digits",
                "postgresql://u:s3cret%00@h/d           | it contains a NUL character",
                "postgresql://u:s3cret@h/d/e            | the name of the database contains a /",
                "postgresql://u:s3cret@h/d?sslmode      | a parameter after the ? is not of the form name=value",
            })
    void aMistakeIsReportedWithoutThePassword(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse(text))
                .withMessageStartingWith(problem)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr"));
    }

    @Test
    void thePasswordIsNeverShown() {
        var url = DatabaseUrl.parse("postgresql://u:s3cret@h/d?sslpassword=s3cret");

        assertThat(url).hasToString("postgresql://u:***@h:5432/d");
        assertThat(url.location()).isEqualTo("h:5432/d");
    }
}
