package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.BASELINE_MAIN_JOB;
import static dev.aegis.bench.report.RowSpec.BASELINE_MAIN_JOB_OUTCOME;
import static dev.aegis.bench.report.RowSpec.MAIN_JOB;
import static dev.aegis.bench.report.RowSpec.MAIN_JOB_OUTCOME;

import dev.aegis.bench.Progress;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.http.HttpServices;
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
 * The main job of the system: inspections that are asked for over HTTP, until their outcome is in the database. By api and
 * worker as they are built, and by those of another checkout where one is named, each on a database of its own.
 */
public final class MainJob implements Benchmark {

    private static final String THIS = "Aegis";
    private static final String OTHER = "the baseline";

    @Override
    public List<RowSpec> specs() {
        return List.of(MAIN_JOB, MAIN_JOB_OUTCOME, BASELINE_MAIN_JOB, BASELINE_MAIN_JOB_OUTCOME);
    }

    @Override
    public Outcome play(Environment environment) throws SQLException {
        var compared = environment.wants(BASELINE_MAIN_JOB) || environment.wants(BASELINE_MAIN_JOB_OUTCOME);
        try (var sides = new Sides(environment)) {
            sides.start(THIS, database -> new HttpServices(database.address()));
            if (compared) {
                var checkout = Objects.requireNonNull(environment.settings().baseline(), "no baseline is set");
                sides.start(OTHER, database -> new HttpServices(database.address(), checkout));
            }
            var rows = new ArrayList<Row>();
            var sections = new ArrayList<ResultSection>();
            if (environment.wants(MAIN_JOB) || environment.wants(BASELINE_MAIN_JOB)) {
                var measurements = sides.measure("/s", Inspections::all, Inspections::all);
                rows.addAll(rows(environment, MAIN_JOB, BASELINE_MAIN_JOB, measurements, "/s"));
                sections.add(section(
                        "One request for %,d inspections, to the last outcome",
                        environment.settings().inspections(), "inspections per second", measurements));
            }
            if (environment.wants(MAIN_JOB_OUTCOME) || environment.wants(BASELINE_MAIN_JOB_OUTCOME)) {
                var measurements = sides.measure("ms", Inspections::warmUpOneByOne, Inspections::oneByOne);
                rows.addAll(rows(environment, MAIN_JOB_OUTCOME, BASELINE_MAIN_JOB_OUTCOME, measurements, "ms"));
                sections.add(section(
                        "A request for one inspection to its outcome, median of %,d",
                        environment.settings().outcomes(), "ms", measurements));
            }
            return new Outcome(rows, sections, Set.of());
        }
    }

    private static List<Row> rows(
            Environment environment, RowSpec alone, RowSpec compared, List<Measurement> measurements, String unit) {
        var rows = new ArrayList<Row>();
        var own = Drains.of(measurements, THIS);
        if (environment.wants(alone)) {
            rows.add(Row.absolute(alone, own, unit));
        }
        if (environment.wants(compared)) {
            rows.add(Row.inPairs(compared, own, Drains.of(measurements, OTHER), unit));
        }
        return rows;
    }

    private static ResultSection section(String title, int count, String unit, List<Measurement> measurements) {
        return new ResultSection(String.format(Locale.ROOT, title, count), unit, measurements, false);
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

        private final Environment environment;
        private final List<Services> services = new ArrayList<>();
        private final List<Database> databases = new ArrayList<>();
        private final Map<String, Inspections> sides = new LinkedHashMap<>();
        private final Map<String, String> absent = new LinkedHashMap<>();

        Sides(Environment environment) {
            this.environment = environment;
        }

        void start(String name, Origin origin) throws SQLException {
            var database = Database.create(environment.server(), "main_job");
            databases.add(database);
            try {
                var started = Services.start(origin.of(database), "api", "worker");
                services.add(started);
                sides.put(name, new Inspections(name, environment.settings(), database, started.first()));
            } catch (CompetitorFailure e) {
                Progress.say("%s", String.valueOf(e.getMessage()));
                absent.put(name, String.valueOf(e.getMessage()));
            }
        }

        /** Warms each up, then measures all in turn. */
        List<Measurement> measure(String unit, Round warmUp, Round round) {
            var turns = new Interleaved(environment.settings().rounds(), unit);
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
