package dev.aegis.api.problem;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aegis.testing.Database;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseAwayTest {

    Database server;

    @Test
    void requestsGetA503UntilTheDatabaseIsBack() {
        assumeTrue(server.canRestart(), "the server of TEST_DATABASE_URL is not ours to stop");
        add().statusCode(201);

        server.stop();
        try {
            add().statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", equalTo("2"))
                    .body("detail", equalTo("The database is not available at the moment; try again soon"));
            when().get("/shields").then().statusCode(503);
            when().get("/q/health/ready").then().statusCode(503);
            when().get("/q/health/live").then().statusCode(200);
        } finally {
            server.start();
        }

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> add().statusCode(201));
        when().get("/q/health/ready").then().statusCode(200);
    }

    private static ValidatableResponse add() {
        return given().contentType(ContentType.JSON)
                .body("{\"name\": \"Plank\"}")
                .post("/shields")
                .then();
    }
}
