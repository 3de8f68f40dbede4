package dev.aegis.api.problem;

import static dev.aegis.api.problem.ProblemAssertions.isProblem;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.aegis.api.Armoury;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem, whichever part of the service finds it. */
@QuarkusTest
@Timeout(60)
class ProblemTest {

    @TestHTTPResource
    URI api;

    @Inject
    Armoury armoury;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/nothing                       | There is nothing at /nothing",
                "/shields/plank                 | There is nothing at /shields/plank",
                "/shields/99999999999999999999  | There is nothing at /shields/99999999999999999999",
                "/shields/0                     | There is no shield 0",
                "/inspections/0                 | There is no inspection 0",
            })
    void unknownPathsAndIdsAreNotFound(String path, String detail) {
        isProblem(when().get(path).then(), 404).body("detail", equalTo(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+%d", "%%2B%d", " %d", "%dL", "0x%d", "1e0", "%%D9%%A1", "%%EF%%BC%%91"})
    void anIdHasNoOtherSpelling(String spelling) throws Exception {
        var id = armoury.shield("Plank", 10);
        var path = "/shields/" + String.format(Locale.ROOT, spelling, id).replace(" ", "%20");

        for (var method : List.of("GET", "DELETE")) {
            assertThat(raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("There is nothing at " + path);
        }
    }

    @Test
    void whatIsNotFoundCannotBeChanged() {
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
                "DELETE | /shields               | GET, HEAD, OPTIONS, POST",
                "PATCH  | /shields/1             | DELETE, GET, HEAD, OPTIONS, PUT",
                "GET    | /shields/1/inspections | OPTIONS, POST",
                "PUT    | /inspections/1         | GET, HEAD, OPTIONS",
                "POST   | /reports/latest        | GET, HEAD, OPTIONS",
                "TRACE  | /reports               | GET, HEAD, OPTIONS",
                "PUT    | /                      | GET, HEAD, OPTIONS",
            })
    void anUnsupportedMethodIsRejectedWithTheSupportedOnes(String method, String path, String allowed) {
        isProblem(given().request(method, path).then(), 405).header("Allow", equalTo(allowed));

        when().options(path).then().statusCode(204).header("Allow", equalTo(allowed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/shield%73               | GET, HEAD, OPTIONS, POST",
                "/%73hields/%31           | DELETE, GET, HEAD, OPTIONS, PUT",
                "/shields/1/%69nspections | OPTIONS, POST",
                "/reports/l%61test        | GET, HEAD, OPTIONS",
            })
    void percentEncodingDoesNotChangeAPath(String path, String allowed) throws Exception {
        for (var method : List.of("PATCH", "OPTIONS")) {
            assertThat(raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + (method.equals("PATCH") ? 405 : 204))
                    .containsIgnoringCase("\r\nAllow: " + allowed + "\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/shields/1/nothing", "/q/nothing", "/inspections/1/inspections"})
    void anUnknownPathHasNoMethods(String path) {
        isProblem(when().options(path).then(), 404).header("Allow", nullValue());
    }

    @Test
    void anUnknownHttpMethodIsNotImplemented() {
        isProblem(given().request("BREW", "/shields").then(), 501).body("detail", equalTo("Unknown HTTP method"));
    }

    @Test
    void aBodyThatIsNotJsonIsUnsupported() {
        isProblem(
                given().contentType(ContentType.TEXT).body("x").post("/shields").then(), 415);
        isProblem(when().post("/shields").then(), 415);
    }

    @Test
    void aResponseThatIsNotJsonIsNotAcceptable() {
        isProblem(given().accept(ContentType.XML).get("/shields").then(), 406);
    }

    @Test
    void aLongBodyIsRejected() {
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
    void aLongBodyInChunksIsRejected() throws Exception {
        var request = HttpRequest.newBuilder(api.resolve("/shields"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() ->
                        new ByteArrayInputStream(("{\"name\": \"" + "x".repeat(600_000) + "\"}").getBytes(UTF_8))))
                .build();

        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("The body is longer than 524288 bytes");
    }

    @Test
    void aRequestThatReachesNoResourceGetsAProblem() throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.getOutputStream().write("GET /shields HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("The request is malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "identity, gzip"})
    void aCompressedBodyIsUnsupported(String coding) {
        isProblem(
                        given().contentType(ContentType.JSON)
                                .header("Content-Encoding", coding)
                                .body("x")
                                .post("/shields")
                                .then(),
                        415)
                .header("Accept-Encoding", equalTo("identity"));
    }

    @Test
    void anIdentityEncodedBodyIsAccepted() {
        given().contentType(ContentType.JSON)
                .header("Content-Encoding", "identity")
                .body("{\"name\": \"Plank\"}")
                .post("/shields")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shields?x=%zz", "/shields?limit=%", "/shields?x=%4", "/nothing?x=%zz", "/shields/%zz"})
    void malformedPercentEncodingIsRejected(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void aBodyInChunksMayEndWithATrailer() throws Exception {
        assertThat(raw("POST /shields HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "7;ext=1\r\n{\"name\"\r\n9\r\n:\"Plank\"}\r\n0\r\nTrailer: x\r\n\r\n"))
                .startsWith("HTTP/1.1 201");
    }

    @Test
    void aClientThatExpectsA100GetsIt() throws Exception {
        assertThat(raw("POST /shields HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Expect: 100-continue\r\nContent-Length: 16\r\n\r\n{\"name\":\"Plank\"}"))
                .startsWith("HTTP/1.1 100")
                .contains("HTTP/1.1 201");
    }

    @Test
    void malformedChunksCloseTheConnection() throws Exception {
        assertThat(raw("POST /shields HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"name\"\r\nzz\r\n:\"Plank\"}\r\n"))
                .doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
    }

    @Test
    void slowBodiesBlockNoOtherRequests() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 220; i++) {
                var client = new Socket(api.getHost(), api.getPort());
                slow.add(client);
                client.getOutputStream()
                        .write(("POST /shields HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 500000\r\n\r\n"
                                        + " ".repeat(12_000))
                                .getBytes(UTF_8));
            }

            for (var path : List.of("/q/health/live", "/shields?limit=1")) {
                assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
            for (var client : slow) {
                assertThat(client.getInputStream().available())
                        .as("what the api says while it waits for the body")
                        .isZero();
            }
        } finally {
            for (var client : slow) {
                client.close();
            }
        }
    }

    @Test
    void aLongUriIsRejected() throws Exception {
        assertThat(raw("GET /shields?" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("The path and the query are too long");
    }

    @Test
    void longHeadersAreRejected() throws Exception {
        assertThat(raw("GET /shields HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: " + "x".repeat(30_000)
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("The headers are too long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"POST /shields/0/inspections", "POST /shields", "DELETE /shields/0", "GET /reports", "POST /no"})
    void aLongBodyIsRejectedEvenIfNobodyReadsIt(String methodAndPath) throws Exception {
        assertThat(firstLine(methodAndPath, "Content-Length: 300000000", 300_000_000, false))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void anEndlessBodyThatNobodyReadsIsRejectedAndItsConnectionClosed() throws Exception {
        assertThat(firstLine("POST /shields/0/inspections", "Transfer-Encoding: chunked", 300_000_000, true))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void aConnectionCanBeReusedAfterAnUnreadBody() throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write(("POST /shields/0/inspections HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n"
                                    + "x".repeat(300_000)
                                    + "GET /reports HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 404")
                    .contains("HTTP/1.1 200");
        }
    }

    /** Sends until the server takes no more, then reads what it said; a read that waits for too long fails. */
    private String firstLine(String methodAndPath, String header, int length, boolean chunked) throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.setSoTimeout(20_000);
            var out = client.getOutputStream();
            out.write(
                    (methodAndPath + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
                            .getBytes(UTF_8));
            var part = ((chunked ? "2000\r\n" : "") + "x".repeat(0x2000) + (chunked ? "\r\n" : "")).getBytes(UTF_8);
            for (int sent = 0; chunked && sent <= 524_288; sent += 0x2000) {
                out.write(part);
            }
            var response = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)).readLine();
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < length; sent += 0x2000) {
                            out.write(part);
                        }
                    })
                    .as("the server does not take it all")
                    .isInstanceOf(SocketException.class);
            return response;
        }
    }

    private String raw(String request) throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(request.getBytes(UTF_8));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
