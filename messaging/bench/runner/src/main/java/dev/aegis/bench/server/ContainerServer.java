package dev.aegis.bench.server;

import dev.aegis.bench.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A server in a container. On Linux it shares the network of the machine and listens on the loopback address alone: a
 * published port would go through a proxy, whose work is neither PostgreSQL's nor a competitor's.
 */
final class ContainerServer implements Server {

    static final String IMAGE = "postgres:16-alpine";
    private static final boolean SHARES_NETWORK = System.getProperty("os.name").equals("Linux");
    private static final Duration TO_START = Duration.ofSeconds(60);

    private final String container;
    private final Address address;

    private ContainerServer(String container, Address address) {
        this.container = container;
        this.address = address;
    }

    static ContainerServer start() {
        var password = UUID.randomUUID().toString();
        var port = freePort();
        var arguments = new ArrayList<>(List.of(
                "run",
                "--detach",
                "--rm",
                "--shm-size=512m",
                "--env=POSTGRES_USER=bench",
                "--env=POSTGRES_PASSWORD=" + password));
        arguments.addAll(
                SHARES_NETWORK
                        ? List.of("--network=host", IMAGE, "-c", "listen_addresses=127.0.0.1", "-c", "port=" + port)
                        : List.of("--publish=127.0.0.1:" + port + ":5432", IMAGE));
        SETTINGS.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        var container = Docker.run(TO_START, arguments.toArray(String[]::new))
                .orElseThrow(() -> new CliException("docker run " + IMAGE + " failed: try it by hand to see why"));
        var server = new ContainerServer(container, new Address("127.0.0.1", port, "bench", "bench", password));
        try {
            server.awaitAnswer();
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public String description() {
        return "container " + IMAGE + (SHARES_NETWORK ? ", host network" : ", published port");
    }

    @Override
    public List<Long> processes() {
        return Docker.run("inspect", "--format", "{{.State.Pid}}", container)
                .map(Long::valueOf)
                .filter(pid -> ProcessHandle.of(pid).isPresent())
                .stream()
                .toList();
    }

    @Override
    public void close() {
        Docker.run("rm", "--force", "--volumes", container);
    }

    private void awaitAnswer() {
        var deadline = System.nanoTime() + TO_START.toNanos();
        while (true) {
            try {
                address.connect().close();
                return;
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw new CliException("PostgreSQL in " + IMAGE + " did not answer in time: " + e.getMessage());
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
