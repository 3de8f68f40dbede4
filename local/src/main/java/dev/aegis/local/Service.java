package dev.aegis.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the services, with the settings of the user.
 *
 * @param built the folder with the built program
 */
record Service(String name, String portSetting, int port, String host, Path built) {
    static final String PROGRAM = "quarkus-run.jar";

    static List<Service> all(Settings settings) {
        return ServiceDefinition.ALL.stream()
                .map(service -> new Service(
                        service.name(),
                        service.portSetting(),
                        settings.port(service.portSetting(), service.port()),
                        settings.reachableHost(),
                        settings.installation().resolve(service.name()).resolve("target/quarkus-app")))
                .toList();
    }

    URI address() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
