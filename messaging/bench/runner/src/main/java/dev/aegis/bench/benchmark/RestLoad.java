package dev.aegis.bench.benchmark;

import dev.aegis.bench.Settings;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.http.Exchange;
import dev.aegis.bench.http.HttpLoad;
import dev.aegis.bench.http.HttpService;
import dev.aegis.bench.http.PgBench;
import dev.aegis.bench.http.ShieldExchanges;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Requests of one kind, on the table of one database; it watches what they cost, too. */
final class RestLoad {

    private static final int SHIELDS = 10_000;
    private static final String EMPTY = "TRUNCATE public.shield CASCADE; ";
    private static final String COUNT = "SELECT count(*) FROM public.shield";
    private static final double MICROS = 1e6;

    private final Kind kind;
    private final Settings settings;
    private final Database database;
    private final ProcessorTime postgres;
    private final List<Double> javaMicros = new ArrayList<>();
    private final List<Double> postgresMicros = new ArrayList<>();

    /** @param server the processes of PostgreSQL */
    RestLoad(Kind kind, Settings settings, Database database, List<Long> server) {
        this.kind = kind;
        this.settings = settings;
        this.database = database;
        postgres = new ProcessorTime(server);
    }

    /** What is asked for. */
    enum Kind {
        READ(
                "GET /shields/{id}",
                List.of(RowSpec.REST_READ, RowSpec.REST_READ_PGBENCH, RowSpec.BASELINE_REST_READ),
                ShieldExchanges.reading(SHIELDS),
                """
                \\set id random(1, 10000)
                SELECT s.id, s.created_at, s.defense_rating, s.inspected_at, s.name FROM public.shield s WHERE s.id = :id;
                """),
        WRITE(
                "POST /shields",
                List.of(RowSpec.REST_WRITE, RowSpec.REST_WRITE_PGBENCH, RowSpec.BASELINE_REST_WRITE),
                ShieldExchanges.adding(),
                """
                BEGIN;
                INSERT INTO public.shield (defense_rating, inspected_at, name) VALUES (95, NULL, 'Dragon Scale')
                RETURNING id, created_at, defense_rating, inspected_at, name;
                COMMIT;
                """);

        private final String title;
        private final List<RowSpec> specs;
        private final Supplier<Exchange> exchanges;
        private final String statements;

        Kind(String title, List<RowSpec> specs, Supplier<Exchange> exchanges, String statements) {
            this.title = title;
            this.specs = specs;
            this.exchanges = exchanges;
            this.statements = statements;
        }

        String title() {
            return title;
        }

        List<RowSpec> specs() {
            return specs;
        }

        RowSpec spring() {
            return specs.get(0);
        }

        RowSpec pgBench() {
            return specs.get(1);
        }

        RowSpec baseline() {
            return specs.get(2);
        }
    }

    double warmUp(String name, HttpService service) throws SQLException {
        prepare();
        return requests(name, service, settings.restTime()).rate();
    }

    /** How many requests a second a service answers. */
    double round(String name, HttpService service) throws SQLException {
        var java = new ProcessorTime(List.of(service.pid()));
        prepare();
        var javaBefore = java.seconds();
        var postgresBefore = postgres.seconds();
        var result = requests(name, service, settings.restTime());
        javaMicros.add((java.seconds() - javaBefore) / result.answered() * MICROS);
        postgresMicros.add((postgres.seconds() - postgresBefore) / result.answered() * MICROS);
        return result.rate();
    }

    /** Microseconds of processor time that the service took for an answer, in each round. */
    List<Double> javaMicros() {
        return javaMicros;
    }

    /** Those that PostgreSQL took. */
    List<Double> postgresMicros() {
        return postgresMicros;
    }

    /** How often a second the database alone does what a request needs of it. */
    double statements(PgBench program) throws SQLException {
        prepare();
        var before = postgres.seconds();
        var result = program.run(kind.statements, database.address(), settings.connections(), settings.restTime());
        check(PgBench.NAME, result);
        postgresMicros.add((postgres.seconds() - before) / result.answered() * MICROS);
        return result.rate();
    }

    /** How many requests a second the client can make at most. */
    static double nothing(Settings settings, String name, int port) {
        return new HttpLoad(name, port, settings.connections(), ShieldExchanges.anything())
                .run(settings.restTime())
                .rate();
    }

    private HttpLoad.Result requests(String name, HttpService service, Duration duration) throws SQLException {
        var result = new HttpLoad(name, service.port(), settings.connections(), kind.exchanges).run(duration);
        check(name, result);
        return result;
    }

    private void prepare() throws SQLException {
        database.execute(
                EMPTY + (kind == Kind.READ ? String.format(Locale.ROOT, ShieldExchanges.FILL, SHIELDS) : "SELECT"));
        database.settle();
    }

    /** What was answered is to be in the table. */
    private void check(String name, HttpLoad.Result result) throws SQLException {
        var rows = Long.parseLong(database.value(COUNT));
        var expected = kind == Kind.READ ? SHIELDS : result.answered();
        if (rows != expected) {
            throw new CompetitorFailure(name, "the table has " + rows + " rows and not " + expected);
        }
    }
}
