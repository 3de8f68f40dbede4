package dev.aegis.bench.competitor;

import dev.aegis.bench.server.Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the processes of each library. */
public final class ProcessGroups {

    private static final Path SUBJECT =
            Path.of("messaging", "bench", "subject", "target", "quarkus-app", "quarkus-run.jar");
    private static final Path RUNNER = Path.of("messaging", "bench", "runner", "target", "aegis-bench.jar");
    private static final Path PEERS = Path.of("messaging", "bench", "peers-node");
    private static final Path NODE = PEERS.resolve(Path.of("node_modules", ".bin", "node"));
    private static final Path HERE = Path.of("");
    private static final String HEAP = "-Xmx512m";

    private final Address database;
    private final Duration limit;
    private final Path checkout;

    /** @param checkout the folder of the checkout whose connector is measured */
    public ProcessGroups(Address database, Duration limit, Path checkout) {
        this.database = database;
        this.limit = limit;
        this.checkout = checkout;
    }

    /**
     * The connector, in the application that is there to be measured.
     *
     * @param options more options for Java, such as -Dquarkus.datasource.jdbc.max-size=30
     */
    public ProcessGroup aegis(String... options) {
        return ProcessGroup.start(name("aegis"), 1, subject(options), environment(), HERE, limit);
    }

    /** The application as a sender: what it would handle itself goes to no handler. */
    public ProcessGroup aegisSender() {
        return ProcessGroup.start(
                name("aegis-sender"),
                1,
                subject("-Dmp.messaging.incoming.pickup.queue=unused"),
                environment(),
                HERE,
                limit);
    }

    /** A library written in Java, or the floor. */
    public ProcessGroup java(String name, int processes, int threads) {
        var command = List.of(
                javaCommand(),
                HEAP,
                "-cp",
                RUNNER.toString(),
                "dev.aegis.bench.peer.PeerProcess",
                name,
                String.valueOf(threads));
        return ProcessGroup.start(name, processes, command, environment(), HERE, limit);
    }

    /** A library that runs on Node. */
    public ProcessGroup node(String name, String script, int processes, String... arguments) {
        var command = new ArrayList<>(List.of(NODE.toAbsolutePath().toString(), script));
        command.addAll(List.of(arguments));
        return ProcessGroup.start(name, processes, command, environment(), PEERS, limit);
    }

    /** Checkouts of before the benchmark moved below messaging have it at the top. */
    private static Path subjectOf(Path checkout) {
        var subject = checkout.resolve(SUBJECT);
        return Files.exists(subject) ? subject : checkout.resolve(SUBJECT.subpath(1, SUBJECT.getNameCount()));
    }

    private String name(String group) {
        return checkout.equals(HERE) ? group : group + "-baseline";
    }

    private List<String> subject(String... options) {
        var asked = System.getenv().getOrDefault("BENCH_SUBJECT_OPTIONS", "").strip();
        return Stream.of(
                        Stream.of(javaCommand(), HEAP),
                        Stream.of(options),
                        Stream.of(asked.split("\\s+")).filter(option -> !option.isEmpty()),
                        Stream.of("-jar", subjectOf(checkout).toString()))
                .flatMap(words -> words)
                .toList();
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Map<String, String> environment() {
        return new HashMap<>(database.environment());
    }
}
