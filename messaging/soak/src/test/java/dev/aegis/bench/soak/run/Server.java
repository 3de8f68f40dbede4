package dev.aegis.bench.soak.run;

import dev.aegis.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** What can be done to the server. */
final class Server {

    /** SQLSTATE of a statement that waited for a lock for too long. */
    static final String LOCKED = "55P03";

    private final Database database;

    Server(Database database) {
        this.database = database;
    }

    boolean canRestart() {
        return database.canRestart();
    }

    void restart() {
        database.stop();
        database.start();
    }

    /** Has the server note when transactions were committed, where it may be restarted for that. */
    void noteCommits() throws SQLException {
        if (canRestart()) {
            execute("ALTER SYSTEM SET track_commit_timestamp = on");
            restart();
        }
    }

    void crash() throws SQLException {
        database.crash();
    }

    /** Ends about a third of the connections of the workers. */
    void cut(long salt) throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'soak-worker-%'"
                + " AND hashint8(pid + " + salt % 1_000_000_007L + ") % 3 = 0");
    }

    /** @throws SQLException {@link #LOCKED} after two seconds of waiting for others */
    void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '2s'");
            statement.execute(sql);
        }
    }

    boolean isTrue(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** The text that {@code sql} selects. */
    String text(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A transaction that has looked at the database, and keeps seeing it so. */
    Connection oldSnapshot() throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM soak.effect");
        }
        return connection;
    }
}
