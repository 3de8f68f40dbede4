package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceMainTest {

    @Test
    void aMissingUrlIsAProblemThatSaysWhatToSet() {
        assertThat(ServiceMain.problem(Optional.empty(), Optional.empty()))
                .contains("DATABASE_URL is not set. Set it to postgresql://user:password@host:5432/database.");
    }

    @Test
    void anInvalidUrlIsAProblemInOneLineWithoutThePassword() {
        assertThat(ServiceMain.problem(Optional.of("mysql://u:s3cret@h/d"), Optional.empty()))
                .contains("DATABASE_URL is invalid: it does not start with postgresql://.");
    }

    @Test
    void anInvalidMigrationUrlIsReportedWithItsSetting() {
        assertThat(ServiceMain.problem(Optional.of("postgresql://u:p@h/d"), Optional.of("postgresql://u:s3cret@h")))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("DATABASE_MIGRATION_URL is invalid: it names no database"))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain("s3cret"));
    }

    @Test
    void aValidUrlIsNoProblem() {
        var url = Optional.of("postgresql://u:p@h/d");

        assertThat(ServiceMain.problem(url, Optional.empty())).isEmpty();
        assertThat(ServiceMain.problem(url, url)).isEmpty();
        assertThat(ServiceMain.problem(url, Optional.of(""))).isEmpty();
    }
}
