package dev.aegis.bench;

import dev.aegis.bench.contestant.Children;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.report.Report;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.scene.Baseline;
import dev.aegis.bench.scene.Decay;
import dev.aegis.bench.scene.EffectDrains;
import dev.aegis.bench.scene.Idle;
import dev.aegis.bench.scene.MainJob;
import dev.aegis.bench.scene.NoOpDrains;
import dev.aegis.bench.scene.Outcome;
import dev.aegis.bench.scene.Pickup;
import dev.aegis.bench.scene.RestRequests;
import dev.aegis.bench.scene.Scene;
import dev.aegis.bench.scene.Sending;
import dev.aegis.bench.scene.Stage;
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

    private static final List<Scene> SCENES = List.of(
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
        } catch (Refusal | IllegalArgumentException e) {
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
            var outcomes = play(Stage.of(settings, server, database));
            var report = Report.of(settings, server.description(), database, outcomes);
            report.write();
            report.rows().stream()
                    .filter(row -> row.ratio() == null)
                    .forEach(
                            row -> Progress.say("%s has no ratio: %s", row.bar().row(), row.note()));
            report.rows().stream().map(Row::line).forEach(System.out::println);
            return report.rows().stream().noneMatch(Row::isShort);
        }
    }

    private static List<Outcome> play(Stage stage) {
        var outcomes = new ArrayList<Outcome>();
        for (var scene : SCENES) {
            var wanted = scene.bars().stream().filter(stage::wants).toList();
            if (!wanted.isEmpty()) {
                outcomes.add(play(scene, wanted, stage));
            }
        }
        return outcomes;
    }

    /** A scene that can't be played leaves its rows short, and the others alone. */
    private static Outcome play(Scene scene, List<Bar> wanted, Stage stage) {
        try {
            return scene.play(stage);
        } catch (SQLException | RuntimeException e) {
            e.printStackTrace();
            var why = String.valueOf(e.getMessage());
            return new Outcome(wanted.stream().map(bar -> Row.missed(bar, why)).toList(), List.of(), Set.of());
        }
    }

    private void refuseWrongRows() {
        var unknown = settings.only().stream()
                .filter(asked -> Arrays.stream(Bar.values()).noneMatch(bar -> Settings.names(asked, bar)))
                .toList();
        if (!unknown.isEmpty()) {
            throw new Refusal("BENCH_ONLY names " + unknown + ", and there are " + Bar.rows());
        }
        if (Arrays.stream(Bar.values()).noneMatch(settings::wants)) {
            throw new Refusal("BENCH_ONLY names rows of the baseline alone, and BENCH_BASELINE names no checkout");
        }
    }
}
