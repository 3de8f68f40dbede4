package dev.aegis.model.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceMainTest {

    @Test
    void aMissingUrlIsAProblemThatSaysWhatToSet() {
        assertThat(ServiceMain.problem(Optional.empty()))
                .contains("DATABASE_URL is not set. Set it to postgresql://user:password@host:5432/database.");
    }

    @Test
    void aWrongUrlIsAProblemInOneLineWithoutThePassword() {
        assertThat(ServiceMain.problem(Optional.of("mysql://u:s3cret@h/d")))
                .contains("DATABASE_URL is wrong: it does not start with postgresql://.");
    }

    @Test
    void aRightUrlIsNone() {
        assertThat(ServiceMain.problem(Optional.of("postgresql://u:p@h/d"))).isEmpty();
    }
}
