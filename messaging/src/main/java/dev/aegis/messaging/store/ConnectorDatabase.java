package dev.aegis.messaging.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.transaction.TransactionIntegration;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The two ways to the database. {@link #application()} is the pool of the application: its connections join the
 * transaction of the calling thread, and commit durably. {@link #own()} is a small pool beside it for claims, heartbeats
 * and notifications, so that these never wait for handlers; losing the last of its commits in a crash of the server is
 * harmless, so it does not wait for the disk.
 */
@Singleton
public class ConnectorDatabase {

    private static final int OWN_CONNECTIONS = 4;

    // The statements of the connector walk an index from its head; figures of an emptier day must not talk the planner
    // out of that.
    private static final String OWN_SESSION =
            "SET synchronous_commit = off; SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off;"
                    + " SET jit = off; SET plan_cache_mode = force_generic_plan";

    private final AgroalDataSource application;
    private final AgroalDataSource own;

    ConnectorDatabase(AgroalDataSource application) throws SQLException {
        this.application = application;
        this.own = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(beside(application)));
    }

    public DataSource application() {
        return application;
    }

    public Connection own() throws SQLException {
        return own.getConnection();
    }

    @PreDestroy
    void close() {
        own.close();
    }

    private static AgroalConnectionPoolConfigurationSupplier beside(AgroalDataSource application) {
        return new AgroalConnectionPoolConfigurationSupplier(
                        application.getConfiguration().connectionPoolConfiguration())
                .connectionFactoryConfiguration(factory -> factory.initialSql(OWN_SESSION))
                .transactionIntegration(TransactionIntegration.none())
                .initialSize(0)
                .minSize(0)
                .maxSize(OWN_CONNECTIONS)
                .acquisitionTimeout(Duration.ofSeconds(5))
                .leakTimeout(Duration.ZERO)
                .maxLifetime(Duration.ZERO);
    }
}
