package dev.aegis.bench.soak.run;

import dev.aegis.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What can be done to the server. */
final class Server {

    private static final Duration TO_RECOVER = Duration.ofMinutes(1);

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

    /** Kills a process of the server, which then ends all others and recovers, and waits until it has. */
    void crash() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var victim = database.connect();
                var pid = victim.createStatement()) {
            try (var row = pid.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                statement.execute("COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; kill -9 " + row.getInt(1) + "'");
            }
        } catch (SQLException e) {
            // The connection that asks for it dies of it, too.
            if (e.getSQLState() == null
                    || !e.getSQLState().startsWith("08") && !e.getSQLState().startsWith("57")) {
                throw e;
            }
        }
        // One that is told to stop while it recovers takes long to.
        Waiting.until("the server has recovered", TO_RECOVER, this::answers);
    }

    private boolean answers() {
        try {
            return isTrue("SELECT true");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends about a third of the connections of the workers. */
    void cut(long salt) throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'soak-worker-%'"
                + " AND hashint8(pid + " + salt % 1_000_000_007L + ") % 3 = 0");
    }

    void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
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
