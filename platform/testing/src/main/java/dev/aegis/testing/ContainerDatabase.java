package dev.aegis.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A database in a container of its own. */
final class ContainerDatabase extends Database {
    private final PostgreSQLContainer container;
    private boolean running = true;

    /** The image of a major version. */
    static String image(int version) {
        return "postgres:" + version + "-alpine";
    }

    /** Starts the container. The engine must have the image. */
    static ContainerDatabase create(String image) throws IOException {
        var container = new PostgreSQLContainer(image)
                .withUsername("aegis")
                .withPassword("aegis")
                .withDatabaseName("aegis_test")
                .withLabels(Orphans.labels());
        Orphans.remove(container.getDockerClient());
        // Chosen here, because a port that the engine picks would change with a restart.
        container.setPortBindings(List.of(freePort() + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        container.start();
        return new ContainerDatabase(container);
    }

    private ContainerDatabase(PostgreSQLContainer container) {
        super(new Address(
                container.getHost(),
                container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(),
                container.getUsername(),
                container.getPassword()));
        this.container = container;
    }

    @Override
    public synchronized void stop() {
        if (running) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
            running = false;
        }
    }

    @Override
    public synchronized void start() {
        if (!running) {
            container
                    .getDockerClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
            awaitReady();
            running = true;
        }
    }

    @Override
    void remove() {
        container.stop();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
