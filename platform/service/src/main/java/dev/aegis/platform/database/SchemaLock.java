package dev.aegis.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Held by the one service that migrates. A service that dies releases it with its connection. It is held by a
 * transaction, not by a session, because a pooler keeps the session when its client has gone, but rolls back the open
 * transaction.
 */
final class SchemaLock implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SchemaLock.class);

    /** "aegis" in ASCII; any number will do that no other application locks. */
    private static final long KEY = 0x6165676973L;

    /** A serializable transaction that is open for long would slow down all others. */
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED";

    /** The server must not end the transaction. Not every version of the server has all of these. */
    private static final String NO_TIMEOUTS =
            "SELECT set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name IN"
                    + " ('statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')";

    private final Connection connection;

    private SchemaLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for the database, then for the lock, and logs what it waits for. */
    static SchemaLock acquire(DatabaseUrl database, BooleanSupplier stopping) {
        var wait = new Wait(Duration.ofMillis(100), Duration.ofSeconds(2), stopping);
        while (true) {
            try {
                return new SchemaLock(locked(Connections.dataSource(database).getConnection(), database, wait));
            } catch (SQLException e) {
                wait.pause("the database at " + database.location() + ": " + oneLine(e));
            }
        }
    }

    private static Connection locked(Connection connection, DatabaseUrl database, Wait wait) throws SQLException {
        try {
            connection.setAutoCommit(false);
            while (!tryLock(connection)) {
                connection.rollback();
                wait.pause("another service to bring the schema of " + database.location() + " up to date");
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (var begin = connection.createStatement();
                var lock = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            begin.execute(BEGIN);
            begin.execute(NO_TIMEOUTS);
            lock.setLong(1, KEY);
            try (var result = lock.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private static String oneLine(SQLException e) {
        return Optional.ofNullable(e.getMessage())
                .orElse(e.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("no reason given");
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("The lock on the schema was released by the loss of its connection", e);
        }
    }
}
