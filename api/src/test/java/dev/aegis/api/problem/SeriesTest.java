package dev.aegis.api.problem;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unknown methods and paths add no series to a metric. */
@QuarkusTest
class SeriesTest {
    private static final int MANY = 1_000;

    @TestHTTPResource
    URI api;

    @Test
    void unknownMethodsAreRejectedAndCountedAsOne() throws Exception {
        send("MADE_UP_FIRST", "/shields", 501);
        var before = requestSeries();

        pipelined(i -> "MADE_UP_" + i + " /shields", 501);

        assertThat(requestSeries()).hasSameSizeAs(before).anyMatch(series -> series.contains("method=\"OTHER\""));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /made-up-#, 404",
        "OPTIONS, /made-up-#, 404",
        "TRACE, /made-up-#, 404",
        "PATCH, /shields/#, 405",
        "POST, /shields/#/made-up, 404",
        "GET, /shields/made-up-#, 404",
        "GET, /{made-up-#}, 400",
        "GET, /q/made-up-#, 404",
    })
    void unknownPathsAreCountedAsOne(String method, String path, int status) throws Exception {
        send(method, path.replace("#", "0"), status);
        var before = requestSeries();

        pipelined(i -> method + " " + path.replace("#", Integer.toString(i)), status);

        assertThat(requestSeries()).hasSameSizeAs(before);
    }

    @Test
    void cancelledRequestsAreCountedAsOne() throws Exception {
        for (int i = 1; i <= 100; i++) {
            giveUp(i);
        }

        await().untilAsserted(() -> assertThat(requestSeries()).anyMatch(series -> series.contains("\"RESET\"")));
        assertThat(requestSeries()).noneMatch(series -> series.contains("/shields/1"));
    }

    @Test
    void aRouteThatIsFirstUsedAfterManyUnknownOnesIsCounted() throws Exception {
        pipelined(i -> "OPTIONS /used-up-" + i, 404);

        when().get("/reports").then().statusCode(200);
        given().request("PATCH", "/reports/latest").then().statusCode(405);

        await().untilAsserted(() -> assertThat(requestSeries())
                .anyMatch(series -> series.contains("uri=\"/reports\"") && series.contains("status=\"200\""))
                .anyMatch(series -> series.contains("uri=\"/reports/latest\"") && series.contains("status=\"405\"")));
    }

    private void giveUp(int i) throws IOException {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            var head = "PUT /shields/"
                    + i
                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
            client.getOutputStream().write(head.getBytes(US_ASCII));
        }
    }

    private static List<String> requestSeries() {
        return when().get("/q/metrics")
                .then()
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
    }

    private void send(String method, String path, int status) throws IOException {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            request(client, method + " " + path, "close");
            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    /** All on one connection, as an attacker would. */
    private void pipelined(IntFunction<String> request, int status) throws IOException {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            var responses = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            for (int i : IntStream.rangeClosed(1, MANY).toArray()) {
                request(client, request.apply(i), "keep-alive");
                assertThat(responses.readLine()).startsWith("HTTP/1.1 " + status);
                skipRest(responses);
            }
        }
    }

    private static void request(Socket client, String methodAndPath, String connection) throws IOException {
        var head = methodAndPath + " HTTP/1.1\r\nHost: x\r\nConnection: " + connection + "\r\n\r\n";
        client.getOutputStream().write(head.getBytes(US_ASCII));
    }

    private static void skipRest(BufferedReader responses) throws IOException {
        int length = 0;
        for (var line = responses.readLine(); !line.isEmpty(); line = responses.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        for (int skipped = 0; skipped < length; skipped++) {
            responses.read();
        }
    }
}
