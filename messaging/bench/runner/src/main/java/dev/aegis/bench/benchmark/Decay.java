package dev.aegis.bench.benchmark;

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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether the connector slows down with what has gathered in its tables. The clock stops when the last message was
 * handled: with more of them waiting there is no end to wait for.
 */
public final class Decay implements Benchmark {

    private static final String EMPTY = "otherwise empty tables";
    private static final String UNCOUNTED = "pg_stat_statements is not loaded on this server";

    @Override
    public List<RowSpec> specs() {
        return Stream.of(Backlog.values())
                .flatMap(backlog -> Stream.of(backlog.throughput(), backlog.claim()))
                .toList();
    }

    @Override
    public Outcome play(Environment environment) {
        var counted = environment.database().countStatements(true);
        try (var competitors = new Competitors()) {
            var burdens = Stream.of(Backlog.values())
                    .filter(backlog -> environment.wants(backlog.throughput()) || environment.wants(backlog.claim()))
                    .toList();
            var turns = new Interleaved(environment.settings().rounds(), "/s");
            var drains = new LinkedHashMap<String, BacklogDrain>();
            competitors.add(environment.groups()::aegis, List.of(EMPTY), group -> {
                enter(environment, group, burdens, counted, drains);
                return List.of();
            });
            competitors.absent().forEach((name, why) -> names(environment, burdens)
                    .forEach(backlog -> turns.fail(backlog, why)));
            drains.forEach((name, drain) -> {
                if (name.equals(EMPTY)) {
                    turns.warmUp(name, drain::warmUp);
                }
                turns.add(name, drain::round);
            });
            return outcome(environment, burdens, counted, turns.run(), drains);
        } finally {
            environment.database().countStatements(false);
        }
    }

    private static void enter(
            Environment environment,
            ProcessGroup group,
            List<Backlog> burdens,
            boolean counted,
            Map<String, BacklogDrain> drains) {
        var competitor = CompetitorFactory.aegis("Aegis", group, "single");
        drains.put(EMPTY, new BacklogDrain(environment, competitor, null, counted));
        for (var backlog : burdens) {
            drains.put(title(environment, backlog), new BacklogDrain(environment, competitor, backlog, counted));
        }
    }

    private static Outcome outcome(
            Environment environment,
            List<Backlog> burdens,
            boolean counted,
            List<Measurement> rates,
            Map<String, BacklogDrain> drains) {
        var claims = rates.stream()
                .map(rate -> {
                    if (rate.failure() != null) {
                        return rate;
                    }
                    var name = rate.competitor();
                    return counted
                            ? Measurement.of(
                                    name,
                                    Objects.requireNonNull(drains.get(name)).claims())
                            : Measurement.failed(name, UNCOUNTED);
                })
                .toList();
        var rows = new ArrayList<Row>();
        for (var backlog : burdens) {
            var name = title(environment, backlog);
            if (environment.wants(backlog.throughput())) {
                rows.add(Row.slowdown(backlog.throughput(), Drains.of(rates, EMPTY), Drains.of(rates, name), "/s"));
            }
            if (environment.wants(backlog.claim())) {
                rows.add(Row.growth(
                        backlog.claim(), Drains.of(claims, EMPTY), Drains.of(claims, name), "ms for 1000 messages"));
            }
        }
        var title = String.format(
                Locale.ROOT,
                "Aegis under burdens, %,d messages",
                environment.settings().messages());
        return new Outcome(
                rows,
                List.of(
                        new ResultSection(title, "handled per second", rates, false),
                        new ResultSection(title + ", the claim", "ms for 1000 messages", claims, false)),
                Set.of());
    }

    private static List<String> names(Environment environment, List<Backlog> burdens) {
        return Stream.concat(Stream.of(EMPTY), burdens.stream().map(backlog -> title(environment, backlog)))
                .toList();
    }

    private static String title(Environment environment, Backlog backlog) {
        return backlog.title(environment.settings().backlog());
    }
}
