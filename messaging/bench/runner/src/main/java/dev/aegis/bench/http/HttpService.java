package dev.aegis.bench.http;

import dev.aegis.bench.competitor.Children;
import dev.aegis.bench.competitor.CompetitorFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service that listens on a port of the loopback address, in a process of its own. */
public final class HttpService implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(180);
    private static final Path LOGS = Path.of("messaging", "bench", "target", "logs");

    private final String name;
    private final Process process;
    private final int port;

    private HttpService(String name, Process process, int port) {
        this.name = name;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a service, and waits until it is ready.
     *
     * @param portVariable the environment variable that tells the service its port
     * @param health       the path that answers 200 when the service is ready
     */
    static HttpService start(
            String name, List<String> command, Map<String, String> environment, String portVariable, String health) {
        try {
            var port = freePort();
            Files.createDirectories(LOGS);
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log(name).toFile()));
            builder.environment().putAll(environment);
            builder.environment().put(portVariable, String.valueOf(port));
            var process = builder.start();
            Children.add(process);
            var service = new HttpService(name, process, port);
            service.awaitReady(health);
            return service;
        } catch (IOException e) {
            throw new CompetitorFailure(name, "does not start: " + e.getMessage());
        }
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        Children.end(process);
    }

    private void awaitReady(String health) {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        var request = HttpRequest.newBuilder(uri(health))
                .timeout(Duration.ofSeconds(5))
                .build();
        var deadline = System.nanoTime() + TO_START.toNanos();
        try {
            while (!answers(client, request)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    close();
                    throw new CompetitorFailure(name, "is not ready, see " + log(name));
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path log(String name) {
        return LOGS.resolve(name + ".log");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
