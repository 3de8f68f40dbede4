package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.platform.database.DatabaseUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibpqUrlTest {

    @ParameterizedTest
    @CsvSource({
        "prepareThreshold=0, ''",
        "socketTimeout=5&tcpKeepAlive=true&reWriteBatchedInserts=true, ''",
        "ApplicationName=a%20b, ?application_name=a%20b",
        "application_name=a, ?application_name=a",
        "targetServerType=primary, ?target_session_attrs=read-write",
        "targetServerType=preferPrimary, ?target_session_attrs=any",
        "targetServerType=preferSecondary, ?target_session_attrs=prefer-standby",
        "target_session_attrs=read-write, ?target_session_attrs=read-write",
        "connectTimeout=5&sslmode=require, ?connect_timeout=5&sslmode=require",
        "options=-c%20work_mem%3D5MB, ?options=-c%20work_mem%3D5MB"
    })
    void parametersOfTheDriverAreTranslatedOrLeftOut(String parameters, String understood) {
        assertThat(libpq("postgresql://aegis:aegis@localhost:5432/aegis_db?" + parameters))
                .isEqualTo("postgresql://aegis:aegis@localhost:5432/aegis_db" + understood);
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL://aegis:s@fe@db/aegis_db, postgresql://aegis:s%40fe@db:5432/aegis_db",
        "'postgres://aegis@db1,db2:5433/a%20b', 'postgresql://aegis@db1:5432,db2:5433/a%20b'",
        "postgresql://aegis:a+b%20@[::1]/aegis_db, postgresql://aegis:a%2Bb%20@[::1]:5432/aegis_db"
    })
    void urlsAreConvertedToTheFormOfPsql(String url, String understood) {
        assertThat(libpq(url)).isEqualTo(understood);
    }

    private static String libpq(String url) {
        return LibpqUrl.of(DatabaseUrl.parse(url));
    }
}
