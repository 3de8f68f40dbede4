package dev.aegis.messaging.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptSocketFactoryTest {

    private final byte[] buffer = new byte[10];
    private ServerSocket server;
    private Socket here;
    private Socket there;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        here = new PromptSocketFactory().createSocket();
        here.connect(server.getLocalSocketAddress());
        there = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        there.close();
        here.close();
        server.close();
    }

    @Test
    void lookingFindsWhatHasCome() throws IOException {
        there.getOutputStream().write(new byte[] {1, 2, 3});
        Awaitility.await().until(() -> here.getInputStream().available() == 3);
        here.setSoTimeout(1);

        assertThat(here.getInputStream().read(buffer, 0, 10)).isEqualTo(3);
    }

    @Test
    void lookingWhereNothingHasComeEndsWithoutWaitingForIt() throws IOException {
        here.setSoTimeout(1);

        assertThatThrownBy(() -> here.getInputStream().read(buffer, 0, 10))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing is there");
    }

    @Test
    void aReadThatDoesNotOnlyLookWaits() throws IOException {
        here.setSoTimeout(1);
        here.setSoTimeout(0);
        var read = CompletableFuture.supplyAsync(() -> {
            try {
                return here.getInputStream().read(buffer, 0, 10);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        there.getOutputStream().write(new byte[] {1, 2});

        assertThat(read.join()).isEqualTo(2);
    }
}
