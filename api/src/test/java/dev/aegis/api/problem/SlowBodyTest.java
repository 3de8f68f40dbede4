package dev.aegis.api.problem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that does not come to its end in time ends with its connection. */
@QuarkusTest
@TestProfile(SlowBodyTest.Impatient.class)
@QuarkusTestResource(TestDatabase.class)
class SlowBodyTest {

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aegis.api.max-body-time", "PT1S");
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
    void aBodyThatDoesNotEndIsATimeout(String head) throws Exception {
        try (var client = new Socket(api.getHost(), api.getPort())) {
            client.setSoTimeout(20_000);
            client.getOutputStream()
                    .write((head + "\r\nHost: x\r\nContent-Type: application/json\r\n\r\n7\r\n{\"name\"\r\n")
                            .getBytes(UTF_8));

            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .containsIgnoringCase("connection: close")
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("The body did not come to its end in 1000 ms");
        }
    }
}
