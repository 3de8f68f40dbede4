package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Children;
import dev.aegis.bench.contestant.ContestantFailure;
import dev.aegis.bench.server.Address;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The three services of the system, each a process on the loopback address. */
final class Services implements AutoCloseable {

    private static final List<String> NAMES = List.of("api", "scheduler", "worker");
    private static final Duration TO_START = Duration.ofSeconds(90);
    private static final Path LOGS = Path.of("messaging", "bench", "target", "logs");

    private final List<Process> processes = new ArrayList<>();

    /** Starts them on a database, and waits until they are ready. */
    static Services start(Address database) {
        var services = new Services();
        try {
            for (var name : NAMES) {
                services.start(name, database);
            }
            return services;
        } catch (IOException e) {
            services.close();
            throw new ContestantFailure("the services", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    List<Long> processes() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public void close() {
        processes.forEach(Children::end);
    }

    private void start(String name, Address database) throws IOException {
        var port = freePort();
        Files.createDirectories(LOGS);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Path.of(name, "target", "quarkus-app", "quarkus-run.jar").toString();
        var builder = new ProcessBuilder(java, "@.make/java-options", "-jar", jar)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(LOGS.resolve(name + ".log").toFile()));
        builder.environment().put("DATABASE_URL", database.url());
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        var process = builder.start();
        Children.add(process);
        processes.add(process);
        awaitReady(name, process, URI.create("http://127.0.0.1:" + port + "/q/health/ready"));
    }

    private static void awaitReady(String name, Process process, URI health) {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        var request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        var deadline = System.nanoTime() + TO_START.toNanos();
        try {
            while (!answers(client, request)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new ContestantFailure(name, "is not ready, see " + LOGS + "/" + name + ".log");
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        } catch (InterruptedException e) {
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
