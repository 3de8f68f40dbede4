package dev.aegis.platform.database;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
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
            @ConfigProperty(name = DatabaseUrl.MIGRATION_SETTING) Optional<String> migrationUrl,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        var url = DatabaseUrl.parse(migrationUrl.filter(own -> !own.isBlank()).orElse(databaseUrl));
        schema = new Schema(flyway.getConfiguration(), Connections.forMigrations(url, service));
    }

    void beforeAnythingUsesTheDatabase(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        try {
            LOG.infof(
                    "The schema is up to date; migrations run: %d",
                    schema.bringUpToDate(ApplicationLifecycleManager::isVmShuttingDown));
        } catch (SchemaException | StoppedException e) {
            // The one exception that Quarkus logs in one line, without a stack trace.
            throw new ConfigurationException(e.getMessage());
        }
    }
}
