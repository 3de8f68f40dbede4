package dev.aegis.messaging.internal.store;

import dev.aegis.messaging.internal.settings.ConnectorSettings;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.transaction.TransactionIntegration;
import io.quarkus.agroal.runtime.AgroalDataSourceUtil;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;

/**
 * The two ways to the database. {@link #application()} is the pool of the application: its connections join the
 * transaction of the calling thread, and commit durably. The own one is a small pool beside it for claims, heartbeats
 * and notifications, so that these never wait for handlers; losing the last of its commits in a crash of the server is
 * harmless, so it does not wait for the disk, but for the few statements that ask for it.
 *
 * <p>Where the connector listens, a connection is a session of the server, and is set up once. Where it does not, a
 * transaction pooler may give each transaction another session: nothing is left in one.
 */
@Singleton
public class ConnectorDatabase {

    /**
     * To be selected from by a statement on an own connection whose commit must not be lost in a crash of the server: what it
     * gives back or makes would be missed by nobody.
     */
    static final String DURABLY = "set_config('synchronous_commit', 'on', true)";

    private static final int OWN_CONNECTIONS = 3;

    /** One for the lock, and those of Flyway. */
    private static final int MIGRATION_CONNECTIONS = 4;

    // The statements of the connector walk an index from its head; figures of an emptier day must not talk the planner
    // out of that.
    private static final String SETTINGS = """
            SELECT set_config('synchronous_commit', 'off', %1$b), set_config('enable_seqscan', 'off', %1$b),
                   set_config('enable_bitmapscan', 'off', %1$b), set_config('enable_sort', 'off', %1$b),
                   set_config('jit', 'off', %1$b), set_config('plan_cache_mode', 'force_generic_plan', %1$b)""";

    // The statements are made for this level, whatever is the default of the server; and a session that listens is
    // idle for as long as nothing is sent.
    private static final String FOR_THE_SESSION = SETTINGS.formatted(false) + """
            , set_config('default_transaction_isolation', 'read committed', false),
              CASE WHEN current_setting('idle_session_timeout', true) IS NOT NULL
                   THEN set_config('idle_session_timeout', '0', false) END""";
    private static final String FOR_THE_TRANSACTION =
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; " + SETTINGS.formatted(true);

    private static final String SOCKET_FACTORY = PGProperty.SOCKET_FACTORY.getName();

    // Most of its users try again, so that only a connection that was long idle is worth a round trip before its use.
    private static final Duration VALID_FOR = Duration.ofSeconds(15);

    private final AgroalDataSource application;
    private final AgroalDataSource own;
    private final AgroalDataSource session;
    private final boolean keepsSessions;

    ConnectorDatabase(ConnectorSettings settings) throws SQLException {
        this.application = find(settings.datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME));
        this.keepsSessions = settings.listen();
        this.own = open(beside(this.application).maxSize(OWN_CONNECTIONS));
        this.session = open(beside(this.application).maxSize(1).flushOnClose(true));
        // A configuration shares them with those that are made from it. The pools have copies.
        propertiesOf(this.application).remove(SOCKET_FACTORY, PromptSocketFactory.class.getName());
    }

    private static AgroalDataSource find(String name) {
        var datasource = AgroalDataSourceUtil.dataSourceInstance(name);
        if (!datasource.isResolvable()) {
            throw new IllegalArgumentException(
                    ConnectorSettings.PREFIX + "datasource names the datasource " + name + ", which does not exist");
        }
        return datasource.get();
    }

    /** What to do with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public DataSource application() {
        return application;
    }

    /** Whether a connection is a session of its own, in which one can listen. */
    public boolean keepsSessions() {
        return keepsSessions;
    }

    /** A connection of the own pool, in autocommit mode; behind a pooler with the settings of the server. */
    public Connection own() throws SQLException {
        return own.getConnection();
    }

    /**
     * A connection like one of the own pool, to keep and to listen on, for one at a time. It ends when it is closed: what it
     * listens to is never left to another user of a pool, who would not hear it and let the notifications pile up.
     */
    public Connection session() throws SQLException {
        return session.getConnection();
    }

    /**
     * Does {@code work} on a connection of the own pool, with the settings that the connector's statements are made for.
     * Each statement may be a transaction, or all of them one: nothing is certain to be committed before this returns.
     */
    public <T> T own(Work<T> work) throws SQLException {
        try (var connection = own()) {
            return keepsSessions ? work.on(connection) : withSettings(connection, work);
        }
    }

    /** Does {@code work} as {@link #own(Work)} does, and in one transaction in any case. */
    public <T> T ownTransaction(Work<T> work) throws SQLException {
        try (var connection = own()) {
            return keepsSessions ? inTransaction(connection, work) : withSettings(connection, work);
        }
    }

    private static <T> T withSettings(Connection connection, Work<T> work) throws SQLException {
        return inTransaction(connection, transaction -> {
            try (var settings = transaction.createStatement()) {
                // One round trip: the driver sends its BEGIN along.
                settings.execute(FOR_THE_TRANSACTION);
            }
            return work.on(transaction);
        });
    }

    /** Does {@code work} in one transaction of a connection of a pool, which turns autocommit on again. */
    public static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            var result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** A pool of its own for the migrations, which are in no transaction of the application; the caller closes it. */
    public AgroalDataSource openForMigration() throws SQLException {
        return open(new AgroalConnectionPoolConfigurationSupplier(
                        application.getConfiguration().connectionPoolConfiguration())
                .connectionFactoryConfiguration(
                        factory -> factory.jdbcTransactionIsolation(TransactionIsolation.READ_COMMITTED))
                .transactionIntegration(TransactionIntegration.none())
                .initialSize(0)
                .minSize(0)
                .maxSize(MIGRATION_CONNECTIONS));
    }

    @PreDestroy
    void close() {
        own.close();
        session.close();
    }

    private static AgroalDataSource open(AgroalConnectionPoolConfigurationSupplier pool) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool));
    }

    private static Properties propertiesOf(AgroalDataSource application) {
        return application
                .getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration()
                .jdbcProperties();
    }

    private static void useSocketsThatDoNotWait(
            AgroalConnectionPoolConfigurationSupplier pool, AgroalDataSource application) {
        if (!propertiesOf(application).containsKey(SOCKET_FACTORY) && PromptSocketFactory.isKnownToTheDriver()) {
            pool.connectionFactoryConfiguration(
                    factory -> factory.jdbcProperty(SOCKET_FACTORY, PromptSocketFactory.class.getName()));
        }
    }

    private AgroalConnectionPoolConfigurationSupplier beside(AgroalDataSource application) {
        var pool = new AgroalConnectionPoolConfigurationSupplier(
                application.getConfiguration().connectionPoolConfiguration());
        if (keepsSessions) {
            pool.connectionFactoryConfiguration(factory -> factory.initialSql(FOR_THE_SESSION));
            useSocketsThatDoNotWait(pool, application);
        }
        return pool.transactionIntegration(TransactionIntegration.none())
                .initialSize(0)
                .minSize(0)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .idleValidationTimeout(VALID_FOR)
                .leakTimeout(Duration.ZERO)
                .maxLifetime(Duration.ZERO);
    }
}
