package dev.aegis.bench;

import dev.aegis.bench.report.RowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the environment asks for.
 *
 * @param databaseUrl  BENCH_DATABASE_URL: a server to measure on, as postgresql://user:password@host:port/name; else a
 *                     container or the embedded one
 * @param rounds       BENCH_ROUNDS: how often each is measured; the median counts
 * @param messages     BENCH_N: messages of a drain
 * @param effects      BENCH_EFFECT_N: messages of a drain whose handler writes one row each
 * @param sends        BENCH_SENDS: messages of the sending row
 * @param senders      BENCH_SENDERS: concurrent senders of that row
 * @param warmUp       BENCH_WARMUP: messages that each competitor drains before the first round
 * @param pickups      BENCH_PICKUPS: messages of a round of pickup latency, one each 50 ms
 * @param backlog      BENCH_BACKLOG: rows that wait, are delayed, or are dead in the rows of decay
 * @param idle         BENCH_IDLE_SECONDS: how long the idle system is watched
 * @param inspections  BENCH_INSPECTIONS: inspections of the main job, which one request asks for; 10,000 is its limit
 * @param outcomes     BENCH_OUTCOMES: inspections of a round that are asked for one by one and followed to their outcome
 * @param restTime     BENCH_REST_SECONDS: how long the requests of a round of the rest rows go on
 * @param connections  BENCH_CONNECTIONS: connections of the client in these rows, with one request at a time on each
 * @param limit        BENCH_LIMIT_SECONDS: how long one step may take before its competitor counts as hung
 * @param baseline     BENCH_BASELINE: the folder of another checkout, built with make bench or mvn package, whose connector
 *                     and services are the baseline of the rows that begin with baseline-; these rows are left out unless it is set
 * @param only         BENCH_ONLY: the rows to measure, separated by commas; baseline-* stands for all that begin so; all
 *                     unless set
 */
public record Settings(
        @Nullable String databaseUrl,
        int rounds,
        int messages,
        int effects,
        int sends,
        int senders,
        int warmUp,
        int pickups,
        int backlog,
        Duration idle,
        int inspections,
        int outcomes,
        Duration restTime,
        int connections,
        Duration limit,
        @Nullable Path baseline,
        Set<String> only) {

    private static final String AND_SO_ON = "*";

    static Settings of(Map<String, String> environment) {
        var number = new Numbers(environment);
        return new Settings(
                environment.get("BENCH_DATABASE_URL"),
                number.of("BENCH_ROUNDS", 3),
                number.of("BENCH_N", 200_000),
                number.of("BENCH_EFFECT_N", 30_000),
                number.of("BENCH_SENDS", 100_000),
                number.of("BENCH_SENDERS", 16),
                number.of("BENCH_WARMUP", 100_000),
                number.of("BENCH_PICKUPS", 200),
                number.of("BENCH_BACKLOG", 1_000_000),
                Duration.ofSeconds(number.of("BENCH_IDLE_SECONDS", 60)),
                number.of("BENCH_INSPECTIONS", 10_000),
                number.of("BENCH_OUTCOMES", 60),
                Duration.ofSeconds(number.of("BENCH_REST_SECONDS", 10)),
                number.of("BENCH_CONNECTIONS", 16),
                Duration.ofSeconds(number.of("BENCH_LIMIT_SECONDS", 180)),
                baseline(environment.getOrDefault("BENCH_BASELINE", "").strip()),
                Stream.of(environment.getOrDefault("BENCH_ONLY", "").split(","))
                        .map(String::strip)
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static @Nullable Path baseline(String folder) {
        if (folder.isEmpty()) {
            return null;
        }
        return Path.of(folder);
    }

    /** Whether a row is to be measured. */
    public boolean wants(RowSpec spec) {
        if (spec.isOfBaseline() && baseline == null) {
            return false;
        }
        return only.isEmpty() || only.stream().anyMatch(asked -> names(asked, spec));
    }

    /** Whether what BENCH_ONLY asks for names a row: by its whole name, or by how it begins and an asterisk. */
    static boolean names(String asked, RowSpec spec) {
        return asked.endsWith(AND_SO_ON)
                ? spec.row().startsWith(asked.substring(0, asked.length() - AND_SO_ON.length()))
                : spec.row().equals(asked);
    }

    /** Whether everything is measured, and at least as long as the bars ask for. */
    public boolean isWhole() {
        var asked = of(Map.of());
        return only.isEmpty()
                && rounds >= asked.rounds
                && messages >= asked.messages
                && sends >= asked.sends
                && backlog >= asked.backlog
                && idle.compareTo(asked.idle) >= 0
                && inspections >= asked.inspections
                && restTime.compareTo(asked.restTime) >= 0;
    }

    private record Numbers(Map<String, String> environment) {
        int of(String name, int otherwise) {
            var value = environment.getOrDefault(name, "").strip();
            if (value.isEmpty()) {
                return otherwise;
            }
            if (!value.matches("[1-9]\\d{0,8}")) {
                throw new IllegalArgumentException(name + " is a number from 1, not " + value);
            }
            return Integer.parseInt(value);
        }
    }
}
