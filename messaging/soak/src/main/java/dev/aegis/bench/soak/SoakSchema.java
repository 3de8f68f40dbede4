package dev.aegis.bench.soak;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/** Creates the tables of the soak test, after those of the connector, which have triggers of the test. */
@Singleton
class SoakSchema {

    private final Flyway flyway;
    private final boolean migratesAtStart;

    SoakSchema(
            Flyway flyway,
            @ConfigProperty(name = "soak.migrate-at-start", defaultValue = "false") boolean migratesAtStart) {
        this.flyway = flyway;
        this.migratesAtStart = migratesAtStart;
    }

    void afterTheConnector(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
        if (migratesAtStart) {
            flyway.migrate();
        }
    }
}
