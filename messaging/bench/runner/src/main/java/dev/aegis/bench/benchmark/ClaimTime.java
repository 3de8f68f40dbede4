package dev.aegis.bench.benchmark;

import dev.aegis.bench.server.Database;
import java.sql.SQLException;

/** How long PostgreSQL worked on the connector's claims, as pg_stat_statements counts it. */
final class ClaimTime {

    // The claims that found nothing are part of the price; a thousand messages are the unit because claims differ in
    // size.
    private static final String PER_THOUSAND = """
            SELECT 1000 * sum(total_exec_time) / nullif(sum(rows), 0)
            FROM pg_stat_statements
            WHERE query ILIKE '%messaging.message%' AND query ILIKE '%skip locked%' AND query ILIKE '%claimed_by%'
              AND query NOT ILIKE '%delayed_message%'
              AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())""";

    private final Database database;

    ClaimTime(Database database) {
        this.database = database;
    }

    void reset() throws SQLException {
        database.value("SELECT pg_stat_statements_reset()::text");
    }

    /** Milliseconds for a thousand messages since the reset. */
    double read() throws SQLException {
        var time = database.value(PER_THOUSAND);
        if (time == null) {
            throw new SQLException("pg_stat_statements saw no claim");
        }
        return Double.parseDouble(time);
    }
}
