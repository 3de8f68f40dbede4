package dev.aegis.bench.scene;

import static dev.aegis.bench.report.Bar.BASELINE_REST_READ;
import static dev.aegis.bench.report.Bar.BASELINE_REST_WRITE;
import static dev.aegis.bench.report.Bar.REST_READ;
import static dev.aegis.bench.report.Bar.REST_READ_PGBENCH;
import static dev.aegis.bench.report.Bar.REST_WRITE;
import static dev.aegis.bench.report.Bar.REST_WRITE_PGBENCH;

import dev.aegis.bench.Progress;
import dev.aegis.bench.contestant.ContestantFailure;
import dev.aegis.bench.http.HttpService;
import dev.aegis.bench.http.HttpServices;
import dev.aegis.bench.http.NoOpServer;
import dev.aegis.bench.http.PgBench;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that read one row or write one: by the api as it is built, by a Spring Boot service on the same table, by that
 * of another checkout where one is named, and their statements alone.
 */
public final class RestRequests implements Scene {

    private static final String THIS = "Aegis";
    private static final String SPRING = "Spring Boot";
    private static final String OTHER = "the baseline";
    private static final String CLIENT = "the client alone, on a server that does nothing";

    @Override
    public List<Bar> bars() {
        return List.of(
                REST_READ, REST_READ_PGBENCH, BASELINE_REST_READ, REST_WRITE, REST_WRITE_PGBENCH, BASELINE_REST_WRITE);
    }

    @Override
    public Outcome play(Stage stage) throws SQLException {
        var compared = stage.wants(BASELINE_REST_READ) || stage.wants(BASELINE_REST_WRITE);
        var pgBench = PgBench.find();
        try (var database = Database.create(stage.server(), "rest");
                var baseline = Database.create(stage.server(), "rest_baseline");
                var contestants = new Contestants()) {
            // The api comes first: it makes the table on which the others work, too.
            contestants.start(THIS, database, () -> new HttpServices(database.address()).ofSystem("api"));
            contestants.start(SPRING, database, () -> new HttpServices(database.address()).spring());
            if (compared) {
                var checkout = Objects.requireNonNull(stage.settings().baseline(), "no baseline is set");
                contestants.start(
                        OTHER, baseline, () -> new HttpServices(baseline.address(), checkout).ofSystem("api"));
            }
            var rows = new ArrayList<Row>();
            var chapters = new ArrayList<Chapter>();
            for (var kind : RestLoad.Kind.values()) {
                if (kind.bars().stream().anyMatch(stage::wants)) {
                    var loads = loads(stage, kind, contestants, database, pgBench);
                    var figures = measure(stage, loads, contestants, pgBench);
                    rows.addAll(rows(stage, kind, figures, pgBench.isPresent()));
                    chapters.add(new Chapter(title(stage, kind), "requests per second", figures, true));
                    chapters.addAll(costs(stage, kind, loads));
                }
            }
            var versions = new TreeSet<String>();
            if (contestants.services.containsKey(SPRING)) {
                versions.add(HttpServices.springVersion());
            }
            pgBench.map(PgBench::version).ifPresent(versions::add);
            return new Outcome(rows, chapters, versions);
        }
    }

    private static Map<String, RestLoad> loads(
            Stage stage, RestLoad.Kind kind, Contestants contestants, Database database, Optional<PgBench> pgBench) {
        var server = stage.server().processes();
        var loads = new LinkedHashMap<String, RestLoad>();
        contestants.services.forEach((name, contestant) ->
                loads.put(name, new RestLoad(kind, stage.settings(), contestant.database(), server)));
        if (pgBench.isPresent()) {
            loads.put(PgBench.NAME, new RestLoad(kind, stage.settings(), database, server));
        }
        return loads;
    }

    private static List<Figure> measure(
            Stage stage, Map<String, RestLoad> loads, Contestants contestants, Optional<PgBench> pgBench) {
        var settings = stage.settings();
        var turns = new Interleaved(settings.rounds(), "/s");
        contestants.absent.forEach(turns::fail);
        contestants.services.forEach((name, contestant) -> {
            var load = Objects.requireNonNull(loads.get(name));
            turns.warmUpUntilSteady(name, () -> load.warmUp(name, contestant.service()));
            turns.add(name, () -> load.round(name, contestant.service()));
        });
        pgBench.ifPresent(program -> turns.add(PgBench.NAME, () -> Objects.requireNonNull(loads.get(PgBench.NAME))
                .statements(program)));
        try (var server = NoOpServer.start()) {
            turns.warmUp(CLIENT, () -> RestLoad.nothing(settings, CLIENT, server.port()));
            turns.add(CLIENT, () -> RestLoad.nothing(settings, CLIENT, server.port()));
            return turns.run();
        }
    }

    /** The processor time of those that have been measured to the end, where this machine tells it. */
    private static List<Chapter> costs(Stage stage, RestLoad.Kind kind, Map<String, RestLoad> loads) {
        if (!ProcessorTime.isKnown()) {
            return List.of();
        }
        var chapters = new ArrayList<Chapter>();
        chapters.add(costs(kind.title() + ": processor time of the service", loads, RestLoad::javaMicros));
        if (!stage.server().processes().isEmpty()) {
            chapters.add(costs(kind.title() + ": processor time of PostgreSQL", loads, RestLoad::postgresMicros));
        }
        return chapters;
    }

    private static Chapter costs(String title, Map<String, RestLoad> loads, Function<RestLoad, List<Double>> costs) {
        var figures = loads.entrySet().stream()
                .filter(load -> !costs.apply(load.getValue()).isEmpty())
                .map(load -> Figure.of(load.getKey(), costs.apply(load.getValue())))
                .toList();
        return new Chapter(title, "microseconds for a request", figures, false);
    }

    private static List<Row> rows(Stage stage, RestLoad.Kind kind, List<Figure> figures, boolean withPgBench) {
        var rows = new ArrayList<Row>();
        var own = Drains.of(figures, THIS);
        if (stage.wants(kind.spring())) {
            rows.add(Row.against(kind.spring(), own, List.of(Drains.of(figures, SPRING)), "/s"));
        }
        if (stage.wants(kind.pgBench())) {
            rows.add(
                    withPgBench
                            ? Row.against(kind.pgBench(), own, List.of(Drains.of(figures, PgBench.NAME)), "/s")
                            : Row.leftOut(kind.pgBench(), "there is no pgbench on the path"));
        }
        if (stage.wants(kind.baseline())) {
            rows.add(Row.inPairs(kind.baseline(), own, Drains.of(figures, OTHER), "/s"));
        }
        return rows;
    }

    private static String title(Stage stage, RestLoad.Kind kind) {
        return String.format(
                Locale.ROOT,
                "%s, %d connections",
                kind.title(),
                stage.settings().connections());
    }

    /** The services that run. One that can't be started fails its rows alone. */
    private static final class Contestants implements AutoCloseable {

        private final Map<String, Contestant> services = new LinkedHashMap<>();
        private final Map<String, String> absent = new LinkedHashMap<>();

        private record Contestant(HttpService service, Database database) {}

        void start(String name, Database database, Supplier<HttpService> start) {
            try {
                services.put(name, new Contestant(start.get(), database));
            } catch (ContestantFailure e) {
                Progress.say("%s", String.valueOf(e.getMessage()));
                absent.put(name, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void close() {
            services.values().forEach(contestant -> contestant.service().close());
        }
    }
}
