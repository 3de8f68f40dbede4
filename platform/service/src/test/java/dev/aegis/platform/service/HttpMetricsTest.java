package dev.aegis.platform.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service without resources, as scheduler and worker are. */
@QuarkusTest
class HttpMetricsTest {

    @TestHTTPResource
    URI service;

    @Test
    void pathsAndMethodsThatClientsInventAddNoSeries() throws Exception {
        assertThat(send("BREW", "/nothing")).startsWith("HTTP/1.1 501");
        assertThat(send("GET", "/nothing")).startsWith("HTTP/1.1 404");
        assertThat(send("OPTIONS", "/nothing")).startsWith("HTTP/1.1 404");
        var before = series();

        for (int i = 0; i < 300; i++) {
            send("BREW" + i, "/" + i);
            send("GET", "/nothing/" + i);
            send("OPTIONS", "/nothing/" + i);
            send("GET", "/q/health/" + i);
        }

        assertThat(before).anyMatch(series -> series.contains("method=\"OTHER\""));
        assertThat(series()).hasSameSizeAs(before);
    }

    private List<String> series() throws IOException {
        return send("GET", "/q/metrics")
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .toList();
    }

    private String send(String method, String path) throws IOException {
        try (var client = new Socket(service.getHost(), service.getPort())) {
            client.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            return new String(client.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
