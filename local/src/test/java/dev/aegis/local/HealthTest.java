package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aServiceIsReadyWhenItSaysSo() throws InterruptedException {
        answers("api", 200);

        assertThat(new Health().ready(service())).isTrue();
    }

    @Test
    void aServiceIsNotReadyWhenItSaysSo() throws InterruptedException {
        answers("api", 503);

        assertThat(new Health().ready(service())).isFalse();
    }

    @Test
    void aResponseOfAnotherServiceAtItsPortDoesNotCount() throws InterruptedException {
        answers("scheduler", 200);

        assertThat(new Health().ready(service())).isFalse();
    }

    private void answers(String name, int status) {
        server.createContext("/q/health/ready", exchange -> {
            exchange.getResponseHeaders().add("Aegis-Service", name);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private Service service() {
        return new Service(
                "api",
                "API_PORT",
                server.getAddress().getPort(),
                server.getAddress().getAddress().getHostAddress(),
                Path.of("built"));
    }
}
