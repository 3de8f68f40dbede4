package dev.aegis.e2e;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system as the compose file describes it, under a project name and on ports of its own. */
final class ComposeSystem implements RunningSystem {
    private final Map<String, String> environment = new HashMap<>(QUICK_SCHEDULES);

    private final Map<String, String> settings;

    ComposeSystem() {
        this(Path.of("/dev/null"), Map.of());
    }

    /** With the settings in a file {@code .env}. */
    ComposeSystem(Path dotEnv, Map<String, String> settings) {
        this.settings = settings;
        if (settings.isEmpty()) {
            environment.put("DATABASE_URL", "");
        } else {
            Commands.writeDotEnv(dotEnv, settings);
        }
        environment.keySet().removeAll(settings.keySet());
        environment.put("COMPOSE_PROJECT_NAME", "aegis-e2e");
        environment.put("COMPOSE_ENV_FILES", dotEnv.toString());
        environment.put("API_PORT", Integer.toString(Commands.freePort()));
        environment.put("POSTGRES_PORT", Integer.toString(Commands.freePort()));
        environment.put("SCHEDULER_PORT", "28180-28199");
        environment.put("WORKER_PORT", "28280-28299");
        close();
        docker("compose", "build");
        docker("compose", "up", "-d");
        awaitReady();
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Api api() {
        return new Api(URI.create("http://" + host() + ":" + environment.get("API_PORT")));
    }

    @Override
    public Stream<String> log() {
        return docker("compose", "logs", "--no-color").lines();
    }

    @Override
    public List<Integer> servicePorts() {
        return Commands.services().stream()
                .map(service -> docker("compose", "port", service, "8080").strip())
                .map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)))
                .toList();
    }

    @Override
    public Duration stopAWorker() {
        var start = System.nanoTime();
        docker("compose", "stop", "worker");
        var took = Duration.ofNanos(System.nanoTime() - start);
        docker("compose", "start", "worker");
        awaitReady();
        return took;
    }

    @Override
    public int databasePort() {
        return Integer.parseInt(environment.get("POSTGRES_PORT"));
    }

    @Override
    public void killAWorker() {
        // Killed by hand, a container stays away, whatever its restart policy says: the other workers have to do.
        docker("kill", "--signal", "KILL", containers("worker").get(0));
    }

    @Override
    public void restart() {
        docker("compose", "stop");
        docker("compose", "up", "-d");
        awaitReady();
    }

    void scale(int workers, int schedulers) {
        docker("compose", "up", "-d", "--scale", "worker=" + workers, "--scale", "scheduler=" + schedulers);
        awaitReady();
    }

    /** What psql says to the lines, called as a user calls it. */
    String psql(String lines) {
        return docker(lines, List.of("compose", "exec", "postgres", "psql", "-U", ROLE, "-d", DATABASE));
    }

    String docker(String... arguments) {
        return docker("", List.of(arguments));
    }

    private String docker(String input, List<String> arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return Commands.run(Commands.PROJECT, environment, input, command.toArray(String[]::new));
    }

    /** The ids of the running containers of a service. */
    List<String> containers(String service) {
        return docker("compose", "ps", "--quiet", "--status", "running", service)
                .lines()
                .toList();
    }

    void awaitReady() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> docker("compose", "ps", "--format", "{{.Health}}")
                        .lines()
                        .allMatch("healthy"::equals));
    }

    @Override
    public void close() {
        docker("compose", "down", "--volumes", "--remove-orphans", "--rmi", "local");
    }
}
