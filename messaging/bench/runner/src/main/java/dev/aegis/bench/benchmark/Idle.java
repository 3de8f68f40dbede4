package dev.aegis.bench.benchmark;

import static dev.aegis.bench.report.RowSpec.IDLE_CPU;
import static dev.aegis.bench.report.RowSpec.IDLE_QUERIES;

import dev.aegis.bench.Progress;
import dev.aegis.bench.http.HttpServices;
import dev.aegis.bench.report.Row;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the whole system costs when there is nothing to do. */
public final class Idle implements Benchmark {

    private static final int TO_CALM_DOWN_SECONDS = 30;

    @Override
    public List<RowSpec> specs() {
        return List.of(IDLE_QUERIES, IDLE_CPU);
    }

    @Override
    public Outcome play(Environment environment) throws SQLException {
        environment.database().countStatements(false);
        try (var database = Database.create(environment.server(), "idle")) {
            var counter = new QueryCounter(environment.database(), database);
            try (var services = Services.start(new HttpServices(database.address()), "api", "scheduler", "worker")) {
                Progress.say(
                        "The system is ready; watching it for %d s",
                        environment.settings().idle().toSeconds());
                sleep(TO_CALM_DOWN_SECONDS);
                return new Outcome(watch(environment, counter, services), List.of(), Set.of());
            }
        }
    }

    private static List<Row> watch(Environment environment, QueryCounter counter, Services services)
            throws SQLException {
        var server = environment.server().processes();
        var time = new ProcessorTime(
                Stream.concat(services.processes().stream(), server.stream()).toList());
        var queriesBefore = counter.count();
        var secondsBefore = time.seconds();
        var begun = System.nanoTime();
        sleep(environment.settings().idle().toSeconds());
        var elapsed = (System.nanoTime() - begun) / 1e9;
        var used = time.seconds() - secondsBefore;
        var queries = counter.count() - queriesBefore;
        var rows = new ArrayList<Row>();
        if (environment.wants(IDLE_QUERIES)) {
            rows.add(new Row(
                    IDLE_QUERIES,
                    queries / elapsed,
                    String.format(Locale.ROOT, "%d %s in %.0f s", queries, counter.what(), elapsed)));
        }
        if (environment.wants(IDLE_CPU)) {
            rows.add(
                    !ProcessorTime.isKnown() || server.isEmpty()
                            ? Row.missed(IDLE_CPU, "the processor time of PostgreSQL can't be seen from here")
                            : new Row(
                                    IDLE_CPU,
                                    100 * used / elapsed,
                                    String.format(Locale.ROOT, "%.2f s of processor time in %.0f s", used, elapsed)));
        }
        return rows;
    }

    private static void sleep(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
