package dev.aegis.api.problem;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class LeakTest {

    @ParameterizedTest
    @CsvSource({
        "/broken/bug, 500",
        "/broken/sql, 500",
        "/broken/constraint, 500",
        "/broken/unavailable, 503",
        "/broken/thrown, 500"
    })
    void noInternalsLeakIntoAProblem(String path, int status) {
        var response = when().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .extract()
                .asString();

        assertThat(response)
                .doesNotContainIgnoringCase("secret")
                .doesNotContain("Exception", "SELECT", "INSERT", "shield", "dev.aegis");
    }
}
