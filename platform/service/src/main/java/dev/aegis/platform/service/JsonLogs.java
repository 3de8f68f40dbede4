package dev.aegis.platform.service;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Arrays;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Writes the log as JSON where {@code AEGIS_LOG_JSON} is true. */
@ApplicationScoped
class JsonLogs {

    /** Before the migrations, which have something to say. */
    void beforeAllElse(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event,
            @ConfigProperty(name = "aegis.log.json", defaultValue = "false") boolean wanted,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        if (wanted) {
            Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                    .filter(ConsoleHandler.class::isInstance)
                    .forEach(console -> console.setFormatter(new JsonLogFormatter(service)));
        }
    }
}
