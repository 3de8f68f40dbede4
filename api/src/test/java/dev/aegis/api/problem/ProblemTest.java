package dev.aegis.api.problem;

import static dev.aegis.api.problem.ProblemAnswers.isProblem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be answered is answered with a problem, whoever finds it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ProblemTest {

    @TestHTTPResource
    URI api;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nothing                       | Nothing is at /nothing",
                "/shields/plank                 | Nothing is at /shields/plank",
                "/shields/99999999999999999999  | Nothing is at /shields/99999999999999999999",
                "/shields/0                     | There is no shield 0",
                "/inspections/0                 | There is no inspection 0",
            })
    void whatIsNotThereIsNotFound(String path, String detail) {
        isProblem(when().get(path).then(), 404).body("detail", equalTo(detail));
    }

    @Test
    void whatIsNotThereCannotBeChangedEither() {
        isProblem(when().delete("/shields/0").then(), 404);
        isProblem(when().post("/shields/0/inspections").then(), 404);
        isProblem(
                given().contentType(ContentType.JSON)
                        .body("{\"name\": \"x\", \"defense_rating\": 1}")
                        .put("/shields/0")
                        .then(),
                404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE | /shields               | GET, POST",
                "PATCH  | /shields/1             | DELETE, GET, PUT",
                "GET    | /shields/1/inspections | POST",
                "PUT    | /inspections/1         | GET",
            })
    void aMethodThatIsNotThereIsAnsweredWithThoseThatAre(String method, String path, String allowed) {
        isProblem(given().request(method, path).then(), 405).header("Allow", equalTo(allowed));
    }

    @Test
    void aBodyThatIsNotJsonIsUnsupported() {
        isProblem(
                given().contentType(ContentType.TEXT).body("x").post("/shields").then(), 415);
        isProblem(when().post("/shields").then(), 415);
    }

    @Test
    void anAnswerThatIsNotJsonIsNotAvailable() {
        isProblem(given().accept(ContentType.XML).get("/shields").then(), 406);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        var body = "{\"name\": \"" + "x".repeat(600_000) + "\"}";

        isProblem(
                        given().contentType(ContentType.JSON)
                                .body(body)
                                .post("/shields")
                                .then(),
                        413)
                .body("detail", equalTo("The body is longer than 524288 bytes"));
    }

    @Test
    void aBodyThatHidesItsLengthIsRefusedToo() throws Exception {
        var request = HttpRequest.newBuilder(api.resolve("/shields"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream(("{\"name\": \"" + "x".repeat(600_000) + "\"}").getBytes(UTF_8))))
                .build();

        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("The body is longer than 524288 bytes");
    }

    @Test
    void aRequestThatNoResourceSeesIsAnsweredWithAProblemToo() throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.getOutputStream().write("GET /shields HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("The request cannot be understood");
        }
    }
}
