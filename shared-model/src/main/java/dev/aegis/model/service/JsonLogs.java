package dev.aegis.model.service;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Arrays;
import java.util.logging.ConsoleHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.JsonFormatter;

/** Writes the log as one JSON object a line where {@code AEGIS_LOG_JSON} is true. */
@ApplicationScoped
class JsonLogs {
    void first(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event,
            @ConfigProperty(name = "aegis.log.json", defaultValue = "false") boolean wanted) {
        if (wanted) {
            Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                    .filter(ConsoleHandler.class::isInstance)
                    .forEach(console -> console.setFormatter(new JsonFormatter()));
        }
    }
}
