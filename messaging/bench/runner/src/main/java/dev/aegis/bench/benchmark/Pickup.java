package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.PICKUP_P50;
import static dev.aegis.bench.report.RowSpec.PICKUP_P99;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFactory;
import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.Measurement;
import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How long a message is under way when there are few, from before the send in one process to the handler's start in another.
 * JobRunr takes no part: it polls each five seconds.
 */
public final class Pickup implements Benchmark {

    private static final String AEGIS = "Aegis";
    static final int WARM_UP = 8000;

    @Override
    public List<RowSpec> specs() {
        return List.of(PICKUP_P50, PICKUP_P99);
    }

    @Override
    public Outcome play(Environment environment) {
        var settings = environment.settings();
        var turns = new Interleaved(settings.rounds(), "ms");
        var latencies = new LinkedHashMap<String, Latency>();
        try (var competitors = new Competitors()) {
            enter(environment, competitors, latencies);
            competitors.absent().forEach(turns::fail);
            latencies.forEach(
                    (name, latency) -> turns.warmUp(name, () -> latency.warmUp(Math.min(WARM_UP, settings.warmUp())))
                            .add(name, latency::round));
            var medians = turns.run();
            var tails = Latency.tails(medians, latencies);
            var title = String.format(Locale.ROOT, "Pickup latency, %,d messages, one each 50 ms", settings.pickups());
            return new Outcome(
                    rows(environment, medians, tails),
                    List.of(
                            new ResultSection(title + ", p50", "ms", medians, true),
                            new ResultSection(title + ", p99", "ms", tails, true)),
                    competitors.versions());
        }
    }

    private static void enter(Environment environment, Competitors competitors, Map<String, Latency> latencies) {
        var groups = environment.groups();
        competitors.add(groups::aegis, List.of(AEGIS), receiver -> {
            competitors.add(groups::aegisSender, List.of(AEGIS), sender -> {
                latencies.put(
                        AEGIS, new Latency(environment, CompetitorFactory.aegis(AEGIS, receiver, "pickup"), sender));
                return List.of();
            });
            return List.of();
        });
        pair(
                environment,
                competitors,
                latencies,
                "graphile-worker",
                () -> groups.node("graphile-worker", "graphile.mjs", 2),
                group -> CompetitorFactory.graphile(group, 1));
        pair(
                environment,
                competitors,
                latencies,
                "graphile-worker, its defaults",
                () -> groups.node("graphile-worker-defaults", "graphile.mjs", 2, "default"),
                group -> CompetitorFactory.graphile(group, 1));
        pair(
                environment,
                competitors,
                latencies,
                "pg-boss",
                () -> groups.node("pg-boss", "pgboss.mjs", 2),
                group -> CompetitorFactory.pgBoss(group, 1));
        pair(
                environment,
                competitors,
                latencies,
                "db-scheduler",
                () -> groups.java("db-scheduler", 2, 20),
                group -> CompetitorFactory.dbScheduler(group, "pickup"));
    }

    private static void pair(
            Environment environment,
            Competitors competitors,
            Map<String, Latency> latencies,
            String name,
            Supplier<ProcessGroup> start,
            Function<ProcessGroup, Competitor> receiver) {
        competitors.add(start, List.of(name), group -> {
            latencies.put(name, new Latency(environment, receiver.apply(group), group));
            return List.of();
        });
    }

    private static List<Row> rows(Environment environment, List<Measurement> medians, List<Measurement> tails) {
        var rows = new ArrayList<Row>();
        if (environment.wants(PICKUP_P50)) {
            rows.add(Row.against(PICKUP_P50, Drains.of(medians, AEGIS), others(medians), "ms"));
        }
        if (environment.wants(PICKUP_P99)) {
            rows.add(Row.against(PICKUP_P99, Drains.of(tails, AEGIS), others(tails), "ms"));
        }
        return rows;
    }

    private static List<Measurement> others(List<Measurement> measurements) {
        return measurements.stream()
                .filter(measurement -> !measurement.competitor().equals(AEGIS))
                .toList();
    }
}
