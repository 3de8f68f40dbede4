package dev.aegis.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the services: what it is called and where it listens.
 *
 * @param built the folder with the program as it was built
 */
record Service(String name, String portSetting, int port, String host, Path built) {
    static final String PROGRAM = "quarkus-run.jar";

    static List<Service> all(Settings settings) {
        return List.of(
                of("api", "API_PORT", 8080, settings),
                of("scheduler", "SCHEDULER_PORT", 8180, settings),
                of("worker", "WORKER_PORT", 8280, settings));
    }

    private static Service of(String name, String setting, int port, Settings settings) {
        return new Service(
                name,
                setting,
                settings.port(setting, port),
                settings.reachableHost(),
                settings.installation().resolve(name).resolve("target/quarkus-app"));
    }

    URI address() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
