package dev.aegis.bench.benchmark;

import dev.aegis.bench.server.Database;
import java.sql.SQLException;

/**
 * Counts what is asked of a database: statements, begin and commit included, where pg_stat_statements is loaded, else
 * transactions. It reads from another database, so it doesn't count itself.
 */
final class QueryCounter {

    private static final String STATEMENTS = """
            SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = '%s')""";
    private static final String TRANSACTIONS = """
            SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '%s'""";

    private final Database reader;
    private final String sql;
    private final String what;

    /** Counts in the second database, and reads through the first. */
    QueryCounter(Database reader, Database counted) {
        this.reader = reader;
        var statements = counted.countStatements(true);
        sql = (statements ? STATEMENTS : TRANSACTIONS)
                .formatted(counted.address().name());
        what = statements ? "statements" : "transactions";
    }

    long count() throws SQLException {
        return Long.parseLong(reader.value(sql));
    }

    /** What is counted. */
    String what() {
        return what;
    }
}
