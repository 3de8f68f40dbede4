package dev.aegis.api.problem;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;

/** Assertions on problem details (RFC 9457). */
final class ProblemAssertions {

    private ProblemAssertions() {}

    static ValidatableResponse isProblem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("type", equalTo("about:blank"));
    }
}
