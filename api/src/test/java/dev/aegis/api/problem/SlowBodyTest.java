package dev.aegis.api.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither slow bodies nor many long ones hold up the service. */
@QuarkusTest
@TestProfile(SlowBodyTest.ShortLimits.class)
@QuarkusTestResource(TestDatabase.class)
class SlowBodyTest {
    private static final String POST = "POST /shields HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    public static final class ShortLimits implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aegis.api.max-body-time", "PT1S", "aegis.api.max-bodies-size", "64K");
        }
    }

    @TestHTTPResource
    URI api;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /shields HTTP/1.1\r\nContent-Length: 500000",
                "POST /shields HTTP/1.1\r\nTransfer-Encoding: chunked",
                "GET /q/health/live HTTP/1.1\r\nContent-Length: 500000",
            })
    void anIncompleteBodyTimesOut(String head) throws Exception {
        try (var client = connect()) {
            send(client, head + "\r\nHost: x\r\nContent-Type: application/json\r\n\r\n7\r\n{\"name\"\r\n");

            assertThat(all(client))
                    .startsWith("HTTP/1.1 408")
                    .containsIgnoringCase("connection: close")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("The body was not complete after 1000 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"Plank\"}", "{}"})
    void aConnectionOutlivesTheTimeoutOfABody(String body) throws Exception {
        try (var client = connect();
                var late = connect()) {
            send(client, POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            await().until(() -> client.getInputStream().available() > 0);

            send(late, POST + "Content-Length: 100\r\n\r\n");
            assertThat(all(late)).startsWith("HTTP/1.1 408");

            send(client, "GET /shields?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(all(client)).contains("HTTP/1.1 200");
        }
    }

    @Test
    void bodiesAreRejectedWhileTheyAreTooMany() {
        for (int i = 0; i < 3; i++) {
            add("x".repeat(100_000))
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "2")
                    .body("detail", startsWith("Too many requests with long bodies"));
        }
        for (int i = 0; i < 3; i++) {
            add("x".repeat(40_000)).statusCode(400);
        }
        add("Plank").statusCode(201);
    }

    @Test
    void theBodyOfADisconnectedClientNoLongerCounts() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (var client = connect()) {
                send(client, "POST /shields HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" + " ".repeat(40_000));
            }
        }

        await().untilAsserted(() -> add("x".repeat(40_000)).statusCode(400));
    }

    private Socket connect() throws IOException {
        var client = new Socket(api.getHost(), api.getPort());
        client.setSoTimeout(20_000);
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String all(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    private static ValidatableResponse add(String name) {
        return given().contentType(ContentType.JSON)
                .body("{\"name\": \"" + name + "\"}")
                .post("/shields")
                .then();
    }
}
