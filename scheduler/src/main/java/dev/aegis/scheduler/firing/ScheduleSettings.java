package dev.aegis.scheduler.firing;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * When the schedules are due.
 *
 * <ul>
 *   <li>{@code aegis.schedule.<name>.cron}: a cron expression of six or seven fields, seconds first, or {@code off}.
 *   <li>{@code aegis.schedule.time-zone}: the time zone of all expressions; UTC by default.
 * </ul>
 */
@ApplicationScoped
class ScheduleSettings {

    private static final String OFF = "off";

    private final Config config;
    private final ZoneId zone;

    ScheduleSettings(
            Config config, @ConfigProperty(name = "aegis.schedule.time-zone", defaultValue = "UTC") ZoneId zone) {
        this.config = config;
        this.zone = zone;
    }

    /**
     * The times of a schedule; empty if it is switched off.
     *
     * @throws ConfigurationException if the setting is missing or is not a cron expression
     */
    Optional<FireTimes> timesOf(String schedule) {
        var setting = "aegis.schedule." + schedule + ".cron";
        var cron = config.getOptionalValue(setting, String.class)
                .map(String::strip)
                .orElse("");
        if (cron.equalsIgnoreCase(OFF)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FireTimes.of(cron, zone));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "%s (or %s in the environment) is \"%s\", which is no cron expression: %s. Write six fields, seconds first, such as \"0 * * * * ?\" for every minute, or off."
                            .formatted(setting, environmentNameOf(setting), cron, e.getMessage()),
                    e);
        }
    }

    private static String environmentNameOf(String setting) {
        return setting.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
