package dev.aegis.bench.scene;

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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the connector slows down with what has gathered in its tables. The clock stops when the last message was
 * handled: with more of them waiting there is no end to wait for.
 */
public final class Decay implements Scene {

    private static final String EMPTY = "otherwise empty tables";
    private static final String UNCOUNTED = "pg_stat_statements is not loaded on this server";

    @Override
    public List<Bar> bars() {
        return Stream.of(Burden.values())
                .flatMap(burden -> Stream.of(burden.throughput(), burden.claim()))
                .toList();
    }

    @Override
    public Outcome play(Stage stage) {
        var counted = stage.database().countStatements(true);
        try (var cast = new Cast()) {
            var burdens = Stream.of(Burden.values())
                    .filter(burden -> stage.wants(burden.throughput()) || stage.wants(burden.claim()))
                    .toList();
            var turns = new Interleaved(stage.settings().rounds(), "/s");
            var drains = new LinkedHashMap<String, BurdenedDrain>();
            cast.add(stage.teams()::aegis, List.of(EMPTY), team -> {
                enter(stage, team, burdens, counted, drains);
                return List.of();
            });
            cast.absent().forEach((name, why) -> names(stage, burdens).forEach(burden -> turns.fail(burden, why)));
            drains.forEach((name, drain) -> {
                if (name.equals(EMPTY)) {
                    turns.warmUp(name, drain::warmUp);
                }
                turns.add(name, drain::round);
            });
            return outcome(stage, burdens, counted, turns.run(), drains);
        } finally {
            stage.database().countStatements(false);
        }
    }

    private static void enter(
            Stage stage, Team team, List<Burden> burdens, boolean counted, Map<String, BurdenedDrain> drains) {
        var contestant = Contestants.aegis("Aegis", team, "single");
        drains.put(EMPTY, new BurdenedDrain(stage, contestant, null, counted));
        for (var burden : burdens) {
            drains.put(title(stage, burden), new BurdenedDrain(stage, contestant, burden, counted));
        }
    }

    private static Outcome outcome(
            Stage stage, List<Burden> burdens, boolean counted, List<Figure> rates, Map<String, BurdenedDrain> drains) {
        var claims = rates.stream()
                .map(rate -> {
                    if (rate.failure() != null) {
                        return rate;
                    }
                    var name = rate.contestant();
                    return counted
                            ? Figure.of(
                                    name,
                                    Objects.requireNonNull(drains.get(name)).claims())
                            : Figure.failed(name, UNCOUNTED);
                })
                .toList();
        var rows = new ArrayList<Row>();
        for (var burden : burdens) {
            var name = title(stage, burden);
            if (stage.wants(burden.throughput())) {
                rows.add(Row.slowdown(burden.throughput(), Drains.of(rates, EMPTY), Drains.of(rates, name), "/s"));
            }
            if (stage.wants(burden.claim())) {
                rows.add(Row.growth(
                        burden.claim(), Drains.of(claims, EMPTY), Drains.of(claims, name), "ms for 1000 messages"));
            }
        }
        var title = String.format(
                Locale.ROOT,
                "Aegis under burdens, %,d messages",
                stage.settings().messages());
        return new Outcome(
                rows,
                List.of(
                        new Chapter(title, "handled per second", rates, false),
                        new Chapter(title + ", the claim", "ms for 1000 messages", claims, false)),
                Set.of());
    }

    private static List<String> names(Stage stage, List<Burden> burdens) {
        return Stream.concat(Stream.of(EMPTY), burdens.stream().map(burden -> title(stage, burden)))
                .toList();
    }

    private static String title(Stage stage, Burden burden) {
        return burden.title(stage.settings().backlog());
    }
}
