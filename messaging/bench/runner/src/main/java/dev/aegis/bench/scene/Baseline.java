package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.BASELINE_DRAIN_BATCH;
import static dev.aegis.bench.report.Bar.BASELINE_DRAIN_SINGLE;
import static dev.aegis.bench.report.Bar.BASELINE_EFFECT;
import static dev.aegis.bench.report.Bar.BASELINE_EFFECT_ALONE;
import static dev.aegis.bench.report.Bar.BASELINE_EFFECT_BATCH;
import static dev.aegis.bench.report.Bar.BASELINE_PICKUP_P50;
import static dev.aegis.bench.report.Bar.BASELINE_PICKUP_P99;
import static dev.aegis.bench.report.Bar.BASELINE_SENDING;

import dev.aegis.bench.contestant.Contestants;
import dev.aegis.bench.contestant.Team;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Figure;
import dev.aegis.bench.report.Row;
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
public final class Baseline implements Scene {

    private static final String THIS = "Aegis";
    private static final String OTHER = "the baseline";

    /** What the handlers of each row do, as the application that is measured calls it. */
    private static final Map<Bar, String> DRAINS = drains();

    private static Map<Bar, String> drains() {
        var drains = new LinkedHashMap<Bar, String>();
        drains.put(BASELINE_DRAIN_SINGLE, "single");
        drains.put(BASELINE_DRAIN_BATCH, "batch");
        drains.put(BASELINE_EFFECT, "effect");
        drains.put(BASELINE_EFFECT_ALONE, "effect-alone");
        drains.put(BASELINE_EFFECT_BATCH, "effect-batch");
        return drains;
    }

    @Override
    public List<Bar> bars() {
        var bars = new ArrayList<>(DRAINS.keySet());
        bars.addAll(List.of(BASELINE_SENDING, BASELINE_PICKUP_P50, BASELINE_PICKUP_P99));
        return bars;
    }

    /** One of the two, and where it is measured. */
    private record Side(String name, Stage stage) {}

    @Override
    public Outcome play(Stage stage) throws SQLException {
        var checkout = Objects.requireNonNull(stage.settings().baseline(), "no baseline is set");
        // Both sides begin with a database that no other scene has used.
        try (var own = Database.create(stage.server(), "own");
                var other = Database.create(stage.server(), "baseline")) {
            var sides = List.of(
                    new Side(THIS, Stage.of(stage.settings(), stage.server(), own)),
                    new Side(OTHER, Stage.of(stage.settings(), stage.server(), other, checkout)));
            var rows = new ArrayList<Row>();
            var chapters = new ArrayList<Chapter>();
            for (var bar : DRAINS.keySet()) {
                if (stage.wants(bar)) {
                    compare(bar, drains(sides, DRAINS.get(bar)), "/s", rows, chapters);
                }
            }
            if (stage.wants(BASELINE_SENDING)) {
                compare(BASELINE_SENDING, sending(sides), "/s", rows, chapters);
            }
            if (stage.wants(BASELINE_PICKUP_P50) || stage.wants(BASELINE_PICKUP_P99)) {
                pickup(stage, sides, rows, chapters);
            }
            return new Outcome(rows, chapters, Set.of());
        }
    }

    private static List<Figure> drains(List<Side> sides, String kind) {
        try (var cast = new Cast()) {
            var turns = turns(sides, "/s");
            for (var side : sides) {
                var settings = side.stage().settings();
                var messages =
                        List.of("effect", "effect-alone").contains(kind) ? settings.effects() : settings.messages();
                cast.add(side.stage().teams()::aegis, List.of(side.name()), team -> {
                    var contestant = Contestants.aegis(side.name(), team, kind);
                    var drain = new Drain(side.stage().database(), settings.limit());
                    turns.warmUp(side.name(), () -> drain.round(contestant, Math.min(settings.warmUp(), messages)));
                    turns.add(side.name(), () -> drain.round(contestant, messages));
                    return List.of(contestant);
                });
            }
            return run(turns, cast);
        }
    }

    private static List<Figure> sending(List<Side> sides) {
        try (var cast = new Cast()) {
            var turns = turns(sides, "/s");
            for (var side : sides) {
                var stage = side.stage();
                cast.add(stage.teams()::aegis, List.of(side.name()), team -> {
                    turns.warmUp(
                            side.name(),
                            () -> Sending.round(
                                    stage, team, "send", stage.settings().warmUp()));
                    turns.add(
                            side.name(),
                            () -> Sending.round(
                                    stage, team, "send", stage.settings().sends()));
                    return List.of();
                });
            }
            return run(turns, cast);
        }
    }

    private static void pickup(Stage stage, List<Side> sides, List<Row> rows, List<Chapter> chapters) {
        var latencies = new LinkedHashMap<String, Latency>();
        List<Figure> medians;
        try (var cast = new Cast()) {
            var turns = turns(sides, "ms");
            for (var side : sides) {
                var teams = side.stage().teams();
                cast.add(teams::aegis, List.of(side.name()), receiver -> {
                    cast.add(teams::aegisSender, List.of(side.name()), sender -> {
                        latencies.put(side.name(), latency(side, receiver, sender, turns));
                        return List.of();
                    });
                    return List.of();
                });
            }
            medians = run(turns, cast);
        }
        if (stage.wants(BASELINE_PICKUP_P50)) {
            compare(BASELINE_PICKUP_P50, medians, "ms", rows, chapters);
        }
        if (stage.wants(BASELINE_PICKUP_P99)) {
            compare(BASELINE_PICKUP_P99, Latency.tails(medians, latencies), "ms", rows, chapters);
        }
    }

    private static Latency latency(Side side, Team receiver, Team sender, Interleaved turns) {
        var latency = new Latency(side.stage(), Contestants.aegis(side.name(), receiver, "pickup"), sender);
        var warmUp = Math.min(Pickup.WARM_UP, side.stage().settings().warmUp());
        turns.warmUp(side.name(), () -> latency.warmUp(warmUp));
        turns.add(side.name(), latency::round);
        return latency;
    }

    private static Interleaved turns(List<Side> sides, String unit) {
        return new Interleaved(sides.get(0).stage().settings().rounds(), unit);
    }

    private static List<Figure> run(Interleaved turns, Cast cast) {
        cast.absent().forEach(turns::fail);
        return turns.run();
    }

    private static void compare(Bar bar, List<Figure> figures, String unit, List<Row> rows, List<Chapter> chapters) {
        rows.add(Row.inPairs(bar, Drains.of(figures, THIS), Drains.of(figures, OTHER), unit));
        chapters.add(
                new Chapter(String.format(Locale.ROOT, "%s, %s", bar.row(), bar.description()), unit, figures, false));
    }
}
