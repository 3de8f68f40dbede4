package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.BASELINE_REST_READ;
import static dev.aegis.bench.report.RowSpec.BASELINE_REST_WRITE;
import static dev.aegis.bench.report.RowSpec.REST_READ;
import static dev.aegis.bench.report.RowSpec.REST_READ_PGBENCH;
import static dev.aegis.bench.report.RowSpec.REST_WRITE;
import static dev.aegis.bench.report.RowSpec.REST_WRITE_PGBENCH;

import dev.aegis.bench.Progress;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.http.HttpService;
import dev.aegis.bench.http.HttpServices;
import dev.aegis.bench.http.NoOpServer;
import dev.aegis.bench.http.PgBench;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Requests that read one row or write one: by the api as it is built, by a Spring Boot service on the same table, by that
 * of another checkout where one is named, and their statements alone.
 */
public final class RestRequests implements Benchmark {

    private static final String THIS = "Aegis";
    private static final String SPRING = "Spring Boot";
    private static final String OTHER = "the baseline";
    private static final String CLIENT = "the client alone, on a server that does nothing";

    @Override
    public List<RowSpec> specs() {
        return List.of(
                REST_READ, REST_READ_PGBENCH, BASELINE_REST_READ, REST_WRITE, REST_WRITE_PGBENCH, BASELINE_REST_WRITE);
    }

    @Override
    public Outcome play(Environment environment) throws SQLException {
        var compared = environment.wants(BASELINE_REST_READ) || environment.wants(BASELINE_REST_WRITE);
        var pgBench = PgBench.find();
        try (var database = Database.create(environment.server(), "rest");
                var baseline = Database.create(environment.server(), "rest_baseline");
                var competitors = new CompetitorFactory()) {
            // The api comes first: it makes the table on which the others work, too.
            competitors.start(THIS, database, () -> new HttpServices(database.address()).ofSystem("api"));
            competitors.start(SPRING, database, () -> new HttpServices(database.address()).spring());
            if (compared) {
                var checkout = Objects.requireNonNull(environment.settings().baseline(), "no baseline is set");
                competitors.start(
                        OTHER, baseline, () -> new HttpServices(baseline.address(), checkout).ofSystem("api"));
            }
            var rows = new ArrayList<Row>();
            var sections = new ArrayList<ResultSection>();
            for (var kind : RestLoad.Kind.values()) {
                if (kind.specs().stream().anyMatch(environment::wants)) {
                    var loads = loads(environment, kind, competitors, database, pgBench);
                    var measurements = measure(environment, loads, competitors, pgBench);
                    rows.addAll(rows(environment, kind, measurements, pgBench.isPresent()));
                    sections.add(
                            new ResultSection(title(environment, kind), "requests per second", measurements, true));
                    sections.addAll(costs(environment, kind, loads));
                }
            }
            var versions = new TreeSet<String>();
            if (competitors.services.containsKey(SPRING)) {
                versions.add(HttpServices.springVersion());
            }
            pgBench.map(PgBench::version).ifPresent(versions::add);
            return new Outcome(rows, sections, versions);
        }
    }

    private static Map<String, RestLoad> loads(
            Environment environment,
            RestLoad.Kind kind,
            CompetitorFactory competitors,
            Database database,
            Optional<PgBench> pgBench) {
        var server = environment.server().processes();
        var loads = new LinkedHashMap<String, RestLoad>();
        competitors.services.forEach((name, competitor) ->
                loads.put(name, new RestLoad(kind, environment.settings(), competitor.database(), server)));
        if (pgBench.isPresent()) {
            loads.put(PgBench.NAME, new RestLoad(kind, environment.settings(), database, server));
        }
        return loads;
    }

    private static List<Measurement> measure(
            Environment environment,
            Map<String, RestLoad> loads,
            CompetitorFactory competitors,
            Optional<PgBench> pgBench) {
        var settings = environment.settings();
        var turns = new Interleaved(settings.rounds(), "/s");
        competitors.absent.forEach(turns::fail);
        competitors.services.forEach((name, competitor) -> {
            var load = Objects.requireNonNull(loads.get(name));
            turns.warmUpUntilSteady(name, () -> load.warmUp(name, competitor.service()));
            turns.add(name, () -> load.round(name, competitor.service()));
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
    private static List<ResultSection> costs(Environment environment, RestLoad.Kind kind, Map<String, RestLoad> loads) {
        if (!ProcessorTime.isKnown()) {
            return List.of();
        }
        var sections = new ArrayList<ResultSection>();
        sections.add(costs(kind.title() + ": processor time of the service", loads, RestLoad::javaMicros));
        if (!environment.server().processes().isEmpty()) {
            sections.add(costs(kind.title() + ": processor time of PostgreSQL", loads, RestLoad::postgresMicros));
        }
        return sections;
    }

    private static ResultSection costs(
            String title, Map<String, RestLoad> loads, Function<RestLoad, List<Double>> costs) {
        var measurements = loads.entrySet().stream()
                .filter(load -> !costs.apply(load.getValue()).isEmpty())
                .map(load -> Measurement.of(load.getKey(), costs.apply(load.getValue())))
                .toList();
        return new ResultSection(title, "microseconds for a request", measurements, false);
    }

    private static List<Row> rows(
            Environment environment, RestLoad.Kind kind, List<Measurement> measurements, boolean withPgBench) {
        var rows = new ArrayList<Row>();
        var own = Drains.of(measurements, THIS);
        if (environment.wants(kind.spring())) {
            rows.add(Row.against(kind.spring(), own, List.of(Drains.of(measurements, SPRING)), "/s"));
        }
        if (environment.wants(kind.pgBench())) {
            rows.add(
                    withPgBench
                            ? Row.against(kind.pgBench(), own, List.of(Drains.of(measurements, PgBench.NAME)), "/s")
                            : Row.leftOut(kind.pgBench(), "there is no pgbench on the path"));
        }
        if (environment.wants(kind.baseline())) {
            rows.add(Row.inPairs(kind.baseline(), own, Drains.of(measurements, OTHER), "/s"));
        }
        return rows;
    }

    private static String title(Environment environment, RestLoad.Kind kind) {
        return String.format(
                Locale.ROOT,
                "%s, %d connections",
                kind.title(),
                environment.settings().connections());
    }

    /** The services that run. One that can't be started fails its rows alone. */
    private static final class CompetitorFactory implements AutoCloseable {

        private final Map<String, Competitor> services = new LinkedHashMap<>();
        private final Map<String, String> absent = new LinkedHashMap<>();

        private record Competitor(HttpService service, Database database) {}

        void start(String name, Database database, Supplier<HttpService> start) {
            try {
                services.put(name, new Competitor(start.get(), database));
            } catch (CompetitorFailure e) {
                Progress.say("%s", String.valueOf(e.getMessage()));
                absent.put(name, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void close() {
            services.values().forEach(competitor -> competitor.service().close());
        }
    }
}
