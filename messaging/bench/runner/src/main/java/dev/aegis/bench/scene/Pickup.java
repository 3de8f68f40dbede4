package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.PICKUP_P50;
import static dev.aegis.bench.report.Bar.PICKUP_P99;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.contestant.Contestants;
import dev.aegis.bench.contestant.Team;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Figure;
import dev.aegis.bench.report.Row;
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
public final class Pickup implements Scene {

    private static final String AEGIS = "Aegis";
    static final int WARM_UP = 8000;

    @Override
    public List<Bar> bars() {
        return List.of(PICKUP_P50, PICKUP_P99);
    }

    @Override
    public Outcome play(Stage stage) {
        var settings = stage.settings();
        var turns = new Interleaved(settings.rounds(), "ms");
        var latencies = new LinkedHashMap<String, Latency>();
        try (var cast = new Cast()) {
            enter(stage, cast, latencies);
            cast.absent().forEach(turns::fail);
            latencies.forEach(
                    (name, latency) -> turns.warmUp(name, () -> latency.warmUp(Math.min(WARM_UP, settings.warmUp())))
                            .add(name, latency::round));
            var medians = turns.run();
            var tails = Latency.tails(medians, latencies);
            var title = String.format(Locale.ROOT, "Pickup latency, %,d messages, one each 50 ms", settings.pickups());
            return new Outcome(
                    rows(stage, medians, tails),
                    List.of(
                            new Chapter(title + ", p50", "ms", medians, true),
                            new Chapter(title + ", p99", "ms", tails, true)),
                    cast.versions());
        }
    }

    private static void enter(Stage stage, Cast cast, Map<String, Latency> latencies) {
        var teams = stage.teams();
        cast.add(teams::aegis, List.of(AEGIS), receiver -> {
            cast.add(teams::aegisSender, List.of(AEGIS), sender -> {
                latencies.put(AEGIS, new Latency(stage, Contestants.aegis(AEGIS, receiver, "pickup"), sender));
                return List.of();
            });
            return List.of();
        });
        pair(
                stage,
                cast,
                latencies,
                "graphile-worker",
                () -> teams.node("graphile-worker", "graphile.mjs", 2),
                team -> Contestants.graphile(team, 1));
        pair(
                stage,
                cast,
                latencies,
                "graphile-worker, its defaults",
                () -> teams.node("graphile-worker-defaults", "graphile.mjs", 2, "default"),
                team -> Contestants.graphile(team, 1));
        pair(
                stage,
                cast,
                latencies,
                "pg-boss",
                () -> teams.node("pg-boss", "pgboss.mjs", 2),
                team -> Contestants.pgBoss(team, 1));
        pair(
                stage,
                cast,
                latencies,
                "db-scheduler",
                () -> teams.java("db-scheduler", 2, 20),
                team -> Contestants.dbScheduler(team, "pickup"));
    }

    private static void pair(
            Stage stage,
            Cast cast,
            Map<String, Latency> latencies,
            String name,
            Supplier<Team> start,
            Function<Team, Contestant> receiver) {
        cast.add(start, List.of(name), team -> {
            latencies.put(name, new Latency(stage, receiver.apply(team), team));
            return List.of();
        });
    }

    private static List<Row> rows(Stage stage, List<Figure> medians, List<Figure> tails) {
        var rows = new ArrayList<Row>();
        if (stage.wants(PICKUP_P50)) {
            rows.add(Row.against(PICKUP_P50, Drains.of(medians, AEGIS), others(medians), "ms"));
        }
        if (stage.wants(PICKUP_P99)) {
            rows.add(Row.against(PICKUP_P99, Drains.of(tails, AEGIS), others(tails), "ms"));
        }
        return rows;
    }

    private static List<Figure> others(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> !figure.contestant().equals(AEGIS))
                .toList();
    }
}
