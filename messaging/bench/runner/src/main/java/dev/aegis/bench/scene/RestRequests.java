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
                    var figures = measure(stage, kind, contestants, database, pgBench);
                    rows.addAll(rows(stage, kind, figures, pgBench.isPresent()));
                    chapters.add(new Chapter(title(stage, kind), "requests per second", figures, true));
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

    private static List<Figure> measure(
            Stage stage, RestLoad.Kind kind, Contestants contestants, Database database, Optional<PgBench> pgBench) {
        var settings = stage.settings();
        var turns = new Interleaved(settings.rounds(), "/s");
        contestants.absent.forEach(turns::fail);
        contestants.services.forEach((name, contestant) -> {
            var load = new RestLoad(kind, settings, contestant.database());
            turns.warmUp(name, () -> load.warmUp(name, contestant.service().port()));
            turns.add(name, () -> load.round(name, contestant.service().port()));
        });
        pgBench.ifPresent(
                program -> turns.add(PgBench.NAME, () -> new RestLoad(kind, settings, database).statements(program)));
        try (var server = NoOpServer.start()) {
            var load = new RestLoad(kind, settings, database);
            turns.warmUp(CLIENT, () -> load.nothing(CLIENT, server.port()));
            turns.add(CLIENT, () -> load.nothing(CLIENT, server.port()));
            return turns.run();
        }
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
            rows.add(Row.against(kind.baseline(), own, List.of(Drains.of(figures, OTHER)), "/s"));
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
                Progress.say("%s", e.getMessage());
                absent.put(name, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void close() {
            services.values().forEach(contestant -> contestant.service().close());
        }
    }
}
