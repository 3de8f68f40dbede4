package dev.aegis.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out, quickly and without logging, whether a Docker engine answers and whether it can provide an image. */
record DockerEngine(SocketAddress address) {
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PULL_TIMEOUT = Duration.ofMinutes(3);

    /** The engine that DOCKER_HOST names, and no other, else the first usual socket that answers. */
    static Optional<DockerEngine> find(@Nullable String dockerHost) {
        return addresses(dockerHost)
                .map(DockerEngine::new)
                .filter(DockerEngine::answers)
                .findFirst();
    }

    /** Whether the engine has the image, or can pull it within minutes. */
    boolean canProvide(String image) {
        var name = image.split(":", 2);
        return has(image)
                || (ask("POST /images/create?fromImage=" + name[0] + "&tag=" + name[1], PULL_TIMEOUT) != null
                        && has(image));
    }

    private boolean answers() {
        return succeeded(ask("GET /_ping", RESPONSE_TIMEOUT));
    }

    private boolean has(String image) {
        return succeeded(ask("GET /images/" + image + "/json", RESPONSE_TIMEOUT));
    }

    private static boolean succeeded(@Nullable String response) {
        return response != null && response.startsWith("HTTP/1.") && response.startsWith(" 200", 8);
    }

    private @Nullable String ask(String request, Duration limit) {
        var task = new FutureTask<>(() -> exchange(request + " HTTP/1.0\r\nHost: docker\r\nContent-Length: 0\r\n\r\n"));
        var thread = new Thread(task, "docker-probe");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            thread.interrupt();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private String exchange(String request) throws IOException {
        try (var channel = SocketChannel.open(address)) {
            channel.write(UTF_8.encode(request));
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        }
    }

    private static Stream<SocketAddress> addresses(@Nullable String dockerHost) {
        if (dockerHost != null && !dockerHost.isBlank()) {
            return Stream.of(address(URI.create(dockerHost)));
        }
        var home = Path.of(System.getProperty("user.home"));
        return Stream.concat(
                        Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
                                .map(dir -> Path.of(dir, "docker.sock"))
                                .stream(),
                        List.of(
                                Path.of("/var/run/docker.sock"),
                                home.resolve(".docker/run/docker.sock"),
                                home.resolve(".docker/desktop/docker.sock"))
                                .stream())
                .filter(Files::exists)
                .map(UnixDomainSocketAddress::of);
    }

    private static SocketAddress address(URI host) {
        return "unix".equals(host.getScheme())
                ? UnixDomainSocketAddress.of(host.getPath())
                : new InetSocketAddress(host.getHost(), host.getPort() < 0 ? 2375 : host.getPort());
    }
}
