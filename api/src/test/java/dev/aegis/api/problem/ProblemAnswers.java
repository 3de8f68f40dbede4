package dev.aegis.api.problem;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.restassured.response.ValidatableResponse;

/** How answers of RFC 9457 look. */
final class ProblemAnswers {

    private ProblemAnswers() {}

    static ValidatableResponse isProblem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", is(status))
                .body("type", equalTo("about:blank"));
    }
}
