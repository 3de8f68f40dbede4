package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.BASELINE_DRAIN_BATCH;
import static dev.aegis.bench.report.RowSpec.BASELINE_DRAIN_SINGLE;
import static dev.aegis.bench.report.RowSpec.BASELINE_EFFECT;
import static dev.aegis.bench.report.RowSpec.BASELINE_EFFECT_ALONE;
import static dev.aegis.bench.report.RowSpec.BASELINE_EFFECT_BATCH;
import static dev.aegis.bench.report.RowSpec.BASELINE_PICKUP_P50;
import static dev.aegis.bench.report.RowSpec.BASELINE_PICKUP_P99;
import static dev.aegis.bench.report.RowSpec.BASELINE_SENDING;

import dev.aegis.bench.competitor.CompetitorFactory;
import dev.aegis.bench.competitor.ProcessGroup;
import dev.aegis.bench.report.Measurement;
import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The connector of this checkout beside that of another one, for example before and after a change. Each has a database
 * of its own on the same server, since they may disagree on the tables.
 */
public final class Baseline implements Benchmark {

    private static final String THIS = "Aegis";
    private static final String OTHER = "the baseline";

    /** What the handlers of each row do, as the application that is measured calls it. */
    private static final Map<RowSpec, String> DRAINS = drains();

    private static Map<RowSpec, String> drains() {
        var drains = new LinkedHashMap<RowSpec, String>();
        drains.put(BASELINE_DRAIN_SINGLE, "single");
        drains.put(BASELINE_DRAIN_BATCH, "batch");
        drains.put(BASELINE_EFFECT, "effect");
        drains.put(BASELINE_EFFECT_ALONE, "effect-alone");
        drains.put(BASELINE_EFFECT_BATCH, "effect-batch");
        return drains;
    }

    @Override
    public List<RowSpec> specs() {
        var specs = new ArrayList<>(DRAINS.keySet());
        specs.addAll(List.of(BASELINE_SENDING, BASELINE_PICKUP_P50, BASELINE_PICKUP_P99));
        return specs;
    }

    /** One of the two, and where it is measured. */
    private record Side(String name, Environment environment) {}

    @Override
    public Outcome play(Environment environment) throws SQLException {
        var checkout = Objects.requireNonNull(environment.settings().baseline(), "no baseline is set");
        // Both sides begin with a database that no other benchmark has used.
        try (var own = Database.create(environment.server(), "own");
                var other = Database.create(environment.server(), "baseline")) {
            var sides = List.of(
                    new Side(THIS, Environment.of(environment.settings(), environment.server(), own)),
                    new Side(OTHER, Environment.of(environment.settings(), environment.server(), other, checkout)));
            var rows = new ArrayList<Row>();
            var sections = new ArrayList<ResultSection>();
            for (var spec : DRAINS.keySet()) {
                if (environment.wants(spec)) {
                    compare(spec, drains(sides, DRAINS.get(spec)), "/s", rows, sections);
                }
            }
            if (environment.wants(BASELINE_SENDING)) {
                compare(BASELINE_SENDING, sending(sides), "/s", rows, sections);
            }
            if (environment.wants(BASELINE_PICKUP_P50) || environment.wants(BASELINE_PICKUP_P99)) {
                pickup(environment, sides, rows, sections);
            }
            return new Outcome(rows, sections, Set.of());
        }
    }

    private static List<Measurement> drains(List<Side> sides, String kind) {
        try (var competitors = new Competitors()) {
            var turns = turns(sides, "/s");
            for (var side : sides) {
                var settings = side.environment().settings();
                var messages =
                        List.of("effect", "effect-alone").contains(kind) ? settings.effects() : settings.messages();
                competitors.add(side.environment().groups()::aegis, List.of(side.name()), group -> {
                    var competitor = CompetitorFactory.aegis(side.name(), group, kind);
                    var drain = new Drain(side.environment().database(), settings.limit());
                    turns.warmUp(side.name(), () -> drain.round(competitor, Math.min(settings.warmUp(), messages)));
                    turns.add(side.name(), () -> drain.round(competitor, messages));
                    return List.of(competitor);
                });
            }
            return run(turns, competitors);
        }
    }

    private static List<Measurement> sending(List<Side> sides) {
        try (var competitors = new Competitors()) {
            var turns = turns(sides, "/s");
            for (var side : sides) {
                var environment = side.environment();
                competitors.add(environment.groups()::aegis, List.of(side.name()), group -> {
                    turns.warmUp(
                            side.name(),
                            () -> Sending.round(
                                    environment,
                                    group,
                                    "send",
                                    environment.settings().warmUp()));
                    turns.add(
                            side.name(),
                            () -> Sending.round(
                                    environment,
                                    group,
                                    "send",
                                    environment.settings().sends()));
                    return List.of();
                });
            }
            return run(turns, competitors);
        }
    }

    private static void pickup(
            Environment environment, List<Side> sides, List<Row> rows, List<ResultSection> sections) {
        var latencies = new LinkedHashMap<String, Latency>();
        List<Measurement> medians;
        try (var competitors = new Competitors()) {
            var turns = turns(sides, "ms");
            for (var side : sides) {
                var groups = side.environment().groups();
                competitors.add(groups::aegis, List.of(side.name()), receiver -> {
                    competitors.add(groups::aegisSender, List.of(side.name()), sender -> {
                        latencies.put(side.name(), latency(side, receiver, sender, turns));
                        return List.of();
                    });
                    return List.of();
                });
            }
            medians = run(turns, competitors);
        }
        if (environment.wants(BASELINE_PICKUP_P50)) {
            compare(BASELINE_PICKUP_P50, medians, "ms", rows, sections);
        }
        if (environment.wants(BASELINE_PICKUP_P99)) {
            compare(BASELINE_PICKUP_P99, Latency.tails(medians, latencies), "ms", rows, sections);
        }
    }

    private static Latency latency(Side side, ProcessGroup receiver, ProcessGroup sender, Interleaved turns) {
        var latency = new Latency(side.environment(), CompetitorFactory.aegis(side.name(), receiver, "pickup"), sender);
        var warmUp = Math.min(Pickup.WARM_UP, side.environment().settings().warmUp());
        turns.warmUp(side.name(), () -> latency.warmUp(warmUp));
        turns.add(side.name(), latency::round);
        return latency;
    }

    private static Interleaved turns(List<Side> sides, String unit) {
        return new Interleaved(sides.get(0).environment().settings().rounds(), unit);
    }

    private static List<Measurement> run(Interleaved turns, Competitors competitors) {
        competitors.absent().forEach(turns::fail);
        return turns.run();
    }

    private static void compare(
            RowSpec spec, List<Measurement> measurements, String unit, List<Row> rows, List<ResultSection> sections) {
        rows.add(Row.inPairs(spec, Drains.of(measurements, THIS), Drains.of(measurements, OTHER), unit));
        sections.add(new ResultSection(
                String.format(Locale.ROOT, "%s, %s", spec.row(), spec.description()), unit, measurements, false));
    }
}
