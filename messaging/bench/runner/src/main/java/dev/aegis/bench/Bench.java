package dev.aegis.bench;

import dev.aegis.bench.benchmark.Baseline;
import dev.aegis.bench.benchmark.Benchmark;
import dev.aegis.bench.benchmark.Decay;
import dev.aegis.bench.benchmark.EffectDrains;
import dev.aegis.bench.benchmark.Environment;
import dev.aegis.bench.benchmark.Idle;
import dev.aegis.bench.benchmark.MainJob;
import dev.aegis.bench.benchmark.NoOpDrains;
import dev.aegis.bench.benchmark.Outcome;
import dev.aegis.bench.benchmark.Pickup;
import dev.aegis.bench.benchmark.RestRequests;
import dev.aegis.bench.benchmark.Sending;
import dev.aegis.bench.competitor.Children;
import dev.aegis.bench.report.Report;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import dev.aegis.bench.server.Server;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Measures, reports, and ends with 0 when no row is short, 1 when one is, 2 when nothing can be measured. */
public final class Bench {

    private static final List<Benchmark> SCENES = List.of(
            new NoOpDrains(),
            new EffectDrains(),
            new Sending(),
            new Pickup(),
            new Decay(),
            new Idle(),
            new Baseline(),
            new MainJob(),
            new RestRequests());

    private final Settings settings;

    private Bench(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        try {
            var bench = new Bench(Settings.of(System.getenv()));
            System.exit(bench.run() ? 0 : 1);
        } catch (CliException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (IOException | SQLException | RuntimeException e) {
            e.printStackTrace();
            System.exit(2);
        }
    }

    private boolean run() throws IOException, SQLException {
        refuseWrongRows();
        var server = Server.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Children.endAll();
            server.close();
        }));
        try (var database = Database.create(server, "run")) {
            Progress.say("Measuring on %s", database.value("SELECT version()") + ", " + server.description());
            var outcomes = play(Environment.of(settings, server, database));
            var report = Report.of(settings, server.description(), database, outcomes);
            report.write();
            report.rows().stream()
                    .filter(row -> row.ratio() == null)
                    .forEach(row ->
                            Progress.say("%s has no ratio: %s", row.spec().row(), row.note()));
            report.rows().stream().map(Row::line).forEach(System.out::println);
            return report.rows().stream().noneMatch(Row::isShort);
        }
    }

    private static List<Outcome> play(Environment environment) {
        var outcomes = new ArrayList<Outcome>();
        for (var benchmark : SCENES) {
            var wanted = benchmark.specs().stream().filter(environment::wants).toList();
            if (!wanted.isEmpty()) {
                outcomes.add(play(benchmark, wanted, environment));
            }
        }
        return outcomes;
    }

    /** A benchmark that fails leaves its own rows without a result, and no others. */
    private static Outcome play(Benchmark benchmark, List<RowSpec> wanted, Environment environment) {
        try {
            return benchmark.play(environment);
        } catch (SQLException | RuntimeException e) {
            e.printStackTrace();
            var why = String.valueOf(e.getMessage());
            return new Outcome(
                    wanted.stream().map(spec -> Row.missed(spec, why)).toList(), List.of(), Set.of());
        }
    }

    private void refuseWrongRows() {
        var unknown = settings.only().stream()
                .filter(asked -> Arrays.stream(RowSpec.values()).noneMatch(spec -> Settings.names(asked, spec)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new CliException("BENCH_ONLY names " + unknown + ", and there are " + RowSpec.rows());
        }
        if (Arrays.stream(RowSpec.values()).noneMatch(settings::wants)) {
            throw new CliException("BENCH_ONLY names rows of the baseline alone, and BENCH_BASELINE names no checkout");
        }
    }
}
