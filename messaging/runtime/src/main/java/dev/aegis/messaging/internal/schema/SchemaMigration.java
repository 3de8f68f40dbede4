package dev.aegis.messaging.internal.schema;

import dev.aegis.messaging.internal.settings.ConnectorSettings;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.jboss.logging.Logger;

/**
 * Creates the schema of the connector, or brings it up to date, when the application starts. Its history is a table in the
 * schema itself, so the migrations of the application know nothing of it.
 */
@Singleton
public class SchemaMigration {

    public static final String SCHEMA = "messaging";
    public static final String HISTORY = "schema_history";

    private static final Logger LOG = Logger.getLogger(SchemaMigration.class);

    // Flyway creates the schema and the history before it takes a lock of its own.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('messaging.schema_history', 0))";

    /** Waits for the other process however long it takes. Not every version of the server has all of these. */
    private static final String NO_TIMEOUTS =
            "SELECT set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name IN ('statement_timeout',"
                    + " 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')";

    private final ConnectorDatabase database;
    private final boolean migratesAtStart;

    SchemaMigration(ConnectorDatabase database, ConnectorSettings settings) {
        this.database = database;
        this.migratesAtStart = settings.migrateAtStart();
    }

    void beforeTheChannelsStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (!migratesAtStart) {
            return;
        }
        try (var pool = database.openForMigration()) {
            var count = migrate(pool);
            if (count > 0) {
                LOG.infof("The schema %s is up to date; migrations run: %d", SCHEMA, count);
            }
        } catch (SQLException | FlywayException e) {
            throw new ConfigurationException(
                    "The schema " + SCHEMA + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the migrations that the database lacks. Any number of processes may do so at the same time.
     *
     * @return how many were run
     * @throws ConfigurationException when the schema is newer than this version of the connector
     */
    public static int migrate(DataSource database) throws SQLException {
        try (var connection = database.getConnection()) {
            return ConnectorDatabase.inTransaction(connection, transaction -> {
                lock(transaction);
                return migrateAlone(database);
            });
        }
    }

    private static void lock(Connection transaction) throws SQLException {
        try (var lock = transaction.createStatement()) {
            lock.execute(NO_TIMEOUTS);
            lock.execute(LOCK);
        }
    }

    private static int migrateAlone(DataSource database) {
        var flyway = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(database)
                .schemas(SCHEMA)
                .table(HISTORY)
                .locations(new String[0])
                .resourceProvider(Script.all())
                .load();
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .findFirst()
                .ifPresent(migration -> {
                    throw new ConfigurationException("The database has version " + migration.getVersion()
                            + " of the schema " + SCHEMA + ", which this version of the connector does not know:"
                            + " the connector is older than the database.");
                });
        return flyway.migrate().migrationsExecuted;
    }
}
