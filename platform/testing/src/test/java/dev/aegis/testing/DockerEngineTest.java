package dev.aegis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DockerEngineTest {

    @Test
    @Timeout(5)
    void noEngineIsFoundWhereNoneListens() {
        assertThat(DockerEngine.find("unix:///no/such/docker.sock")).isEmpty();
    }

    @Test
    @Timeout(10)
    void anEngineThatDoesNotRespondIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var before = System.nanoTime();

            assertThat(DockerEngine.find("tcp://localhost:" + silent.getLocalPort()))
                    .isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
