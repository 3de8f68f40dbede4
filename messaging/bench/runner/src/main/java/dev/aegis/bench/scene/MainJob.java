package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.BASELINE_MAIN_JOB;
import static dev.aegis.bench.report.Bar.BASELINE_MAIN_JOB_OUTCOME;
import static dev.aegis.bench.report.Bar.MAIN_JOB;
import static dev.aegis.bench.report.Bar.MAIN_JOB_OUTCOME;

import dev.aegis.bench.Progress;
import dev.aegis.bench.contestant.ContestantFailure;
import dev.aegis.bench.http.HttpServices;
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
 * The main job of the system: inspections that are asked for over HTTP, until their outcome is in the database. By api and
 * worker as they are built, and by those of another checkout where one is named, each on a database of its own.
 */
public final class MainJob implements Scene {

    private static final String THIS = "Aegis";
    private static final String OTHER = "the baseline";

    @Override
    public List<Bar> bars() {
        return List.of(MAIN_JOB, MAIN_JOB_OUTCOME, BASELINE_MAIN_JOB, BASELINE_MAIN_JOB_OUTCOME);
    }

    @Override
    public Outcome play(Stage stage) throws SQLException {
        var compared = stage.wants(BASELINE_MAIN_JOB) || stage.wants(BASELINE_MAIN_JOB_OUTCOME);
        try (var sides = new Sides(stage)) {
            sides.start(THIS, database -> new HttpServices(database.address()));
            if (compared) {
                var checkout = Objects.requireNonNull(stage.settings().baseline(), "no baseline is set");
                sides.start(OTHER, database -> new HttpServices(database.address(), checkout));
            }
            var rows = new ArrayList<Row>();
            var chapters = new ArrayList<Chapter>();
            if (stage.wants(MAIN_JOB) || stage.wants(BASELINE_MAIN_JOB)) {
                var figures = sides.measure("/s", Inspections::all, Inspections::all);
                rows.addAll(rows(stage, MAIN_JOB, BASELINE_MAIN_JOB, figures, "/s"));
                chapters.add(chapter(
                        "One request for %,d inspections, to the last outcome",
                        stage.settings().inspections(), "inspections per second", figures));
            }
            if (stage.wants(MAIN_JOB_OUTCOME) || stage.wants(BASELINE_MAIN_JOB_OUTCOME)) {
                var figures = sides.measure("ms", Inspections::warmUpOneByOne, Inspections::oneByOne);
                rows.addAll(rows(stage, MAIN_JOB_OUTCOME, BASELINE_MAIN_JOB_OUTCOME, figures, "ms"));
                chapters.add(chapter(
                        "A request for one inspection to its outcome, median of %,d",
                        stage.settings().outcomes(), "ms", figures));
            }
            return new Outcome(rows, chapters, Set.of());
        }
    }

    private static List<Row> rows(Stage stage, Bar alone, Bar compared, List<Figure> figures, String unit) {
        var rows = new ArrayList<Row>();
        var own = Drains.of(figures, THIS);
        if (stage.wants(alone)) {
            rows.add(Row.absolute(alone, own, unit));
        }
        if (stage.wants(compared)) {
            rows.add(Row.inPairs(compared, own, Drains.of(figures, OTHER), unit));
        }
        return rows;
    }

    private static Chapter chapter(String title, int count, String unit, List<Figure> figures) {
        return new Chapter(String.format(Locale.ROOT, title, count), unit, figures, false);
    }

    /** Has the services of one checkout do something, and gives the figure. */
    @FunctionalInterface
    private interface Round {
        double measure(Inspections inspections) throws SQLException;
    }

    /** Where a checkout's services are, on a database. */
    @FunctionalInterface
    private interface Origin {
        HttpServices of(Database database);
    }

    /** Those that are compared. One that can't be started fails its rows alone. */
    private static final class Sides implements AutoCloseable {

        private final Stage stage;
        private final List<Services> services = new ArrayList<>();
        private final List<Database> databases = new ArrayList<>();
        private final Map<String, Inspections> sides = new LinkedHashMap<>();
        private final Map<String, String> absent = new LinkedHashMap<>();

        Sides(Stage stage) {
            this.stage = stage;
        }

        void start(String name, Origin origin) throws SQLException {
            var database = Database.create(stage.server(), "main_job");
            databases.add(database);
            try {
                var started = Services.start(origin.of(database), "api", "worker");
                services.add(started);
                sides.put(name, new Inspections(name, stage.settings(), database, started.first()));
            } catch (ContestantFailure e) {
                Progress.say("%s", String.valueOf(e.getMessage()));
                absent.put(name, String.valueOf(e.getMessage()));
            }
        }

        /** Warms each up, then measures all in turn. */
        List<Figure> measure(String unit, Round warmUp, Round round) {
            var turns = new Interleaved(stage.settings().rounds(), unit);
            absent.forEach(turns::fail);
            sides.forEach((name, inspections) -> {
                turns.warmUpUntilSteady(name, () -> warmUp.measure(inspections));
                turns.add(name, () -> round.measure(inspections));
            });
            return turns.run();
        }

        @Override
        public void close() throws SQLException {
            services.forEach(Services::close);
            for (var database : databases) {
                database.close();
            }
        }
    }
}
