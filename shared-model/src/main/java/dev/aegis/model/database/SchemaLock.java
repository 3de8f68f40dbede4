package dev.aegis.model.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Held by the one service that migrates. It goes with its connection, so a service that dies does not keep it. */
final class SchemaLock implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SchemaLock.class);

    /** "aegis" in ASCII: any number that no other user of the database picks. */
    private static final long KEY = 0x6165676973L;

    private final Connection connection;

    private SchemaLock(Connection connection) {
        this.connection = connection;
    }

    /** Waits for the database, then for the lock, and says what it waits for. */
    static SchemaLock acquire(DatabaseUrl database, BooleanSupplier stopping) {
        var wait = new Wait(Duration.ofMillis(100), Duration.ofSeconds(2), stopping);
        while (true) {
            try {
                return new SchemaLock(locked(connect(database), database, wait));
            } catch (SQLException e) {
                wait.pause("the database at " + database.location() + ": " + oneLine(e));
            }
        }
    }

    private static Connection connect(DatabaseUrl database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static Connection locked(Connection connection, DatabaseUrl database, Wait wait) throws SQLException {
        try {
            while (!tryLock(connection)) {
                wait.pause("another service to bring the schema of " + database.location() + " up to date");
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, KEY);
            try (var result = statement.executeQuery()) {
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
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The lock on the schema went with its connection", e);
        }
    }
}
