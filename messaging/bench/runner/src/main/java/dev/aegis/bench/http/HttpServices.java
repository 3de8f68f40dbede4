package dev.aegis.bench.http;

import dev.aegis.bench.server.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Starts the services that are measured over HTTP, all with the same options for Java.
 *
 * @param checkout the folder of the checkout whose api, scheduler and worker are started
 */
public record HttpServices(Address database, Path checkout) {

    private static final Path SPRING = Path.of("messaging", "bench", "spring", "target", "aegis-bench-spring.jar");
    private static final Path HERE = Path.of("");
    private static final String HEAP = "-Xmx512m";

    public HttpServices(Address database) {
        this(database, HERE);
    }

    /** One of the three services of the system, as it is built. */
    public HttpService ofSystem(String service) {
        var name = checkout.equals(HERE) ? service : service + "-baseline";
        var jar = checkout.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"));
        return HttpService.start(
                name,
                java(jar),
                Map.of("DATABASE_URL", database.url(), "QUARKUS_HTTP_HOST", "127.0.0.1"),
                "QUARKUS_HTTP_PORT",
                "/q/health/ready");
    }

    /** The Spring Boot service, on the table that the api has made. */
    public HttpService spring() {
        return HttpService.start(
                "spring", java(SPRING), new HashMap<>(database.environment()), "SERVER_PORT", "/actuator/health");
    }

    /** Which Spring Boot it is. */
    public static String springVersion() {
        try (var jar = new JarFile(SPRING.toFile())) {
            return "Spring Boot " + jar.getManifest().getMainAttributes().getValue("Spring-Boot-Version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(Path jar) {
        var asked = System.getenv().getOrDefault("BENCH_SUBJECT_OPTIONS", "").strip();
        return Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of("@.make/java-options", HEAP),
                        Stream.of(asked.split("\\s+")).filter(option -> !option.isEmpty()),
                        Stream.of("-jar", jar.toString()))
                .flatMap(words -> words)
                .toList();
    }
}
