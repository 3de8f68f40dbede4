package dev.aegis.bench.benchmark;

import dev.aegis.bench.Settings;
import dev.aegis.bench.competitor.ProcessGroups;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import dev.aegis.bench.server.Server;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Where the benchmarks run.
 *
 * @param database what all competitors share, one after the other
 * @param checkout the folder of the checkout whose connector is measured
 */
public record Environment(Settings settings, Server server, Database database, Path checkout) {

    private static final String TABLES = """
            CREATE SCHEMA bench;
            CREATE TABLE bench.effect (
                id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                handled_at timestamptz NOT NULL DEFAULT now(),
                payload    text NOT NULL);
            CREATE TABLE bench.plain (
                id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                sent_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
                priority     smallint NOT NULL DEFAULT 0,
                attempt      smallint NOT NULL DEFAULT 0,
                queue        text NOT NULL,
                content_type text NOT NULL DEFAULT 'text/plain',
                payload      text NOT NULL)""";

    /** For the connector of this checkout, in a database that is empty. */
    public static Environment of(Settings settings, Server server, Database database) throws SQLException {
        return of(settings, server, database, Path.of(""));
    }

    /** For the connector of another checkout, in a database that is empty. */
    static Environment of(Settings settings, Server server, Database database, Path checkout) throws SQLException {
        database.execute(TABLES);
        return new Environment(settings, server, database, checkout);
    }

    ProcessGroups groups() {
        return new ProcessGroups(database.address(), settings.limit(), checkout);
    }

    /** Whether a row is to be measured. */
    public boolean wants(RowSpec spec) {
        return settings.wants(spec);
    }
}
