package dev.aegis.model.database;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Brings the schema up to date when a service starts, before anything in it uses the database. */
@ApplicationScoped
class Migrations {
    private static final Logger LOG = Logger.getLogger(Migrations.class);

    private final Schema schema;

    Migrations(
            Flyway flyway,
            @ConfigProperty(name = DatabaseUrl.SETTING) String databaseUrl,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        schema = new Schema(
                flyway.getConfiguration(), Connections.forMigrations(DatabaseUrl.parse(databaseUrl), service));
    }

    void beforeAnythingUsesTheDatabase(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            LOG.infof(
                    "The schema is up to date; %d migrations were run",
                    schema.bringUpToDate(ApplicationLifecycleManager::isVmShuttingDown));
        } catch (SchemaTooNewException | StoppedException e) {
            // The one kind of failure that Quarkus ends with in one line, instead of a stack trace.
            throw new ConfigurationException(e.getMessage());
        }
    }
}
