package dev.aegis.platform.schedule;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

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

    private static final Logger LOG = Logger.getLogger(ScheduleSettings.class);
    private static final Pattern CRON = Pattern.compile("aegis\\.schedule\\.(.+)\\.cron");
    private static final String TIME_ZONE = "aegis.schedule.time-zone";
    private static final String OFF = "off";

    private final Config config;
    private final ZoneId zone;

    ScheduleSettings(Config config, @ConfigProperty(name = TIME_ZONE, defaultValue = "UTC") String zone) {
        this.config = config;
        this.zone = zoneOf(zone);
    }

    /** Says when the schedules are due, or what is wrong with that, before the service waits for its database. */
    void announce(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        for (var setting : config.getPropertyNames()) {
            var schedule = CRON.matcher(setting);
            if (schedule.matches()) {
                var times = timesOf(schedule.group(1));
                LOG.infof(
                        "%s is due at %s",
                        schedule.group(1), times.map(FireTimes::toString).orElse("no time"));
            }
        }
    }

    /**
     * The times of a schedule; empty if it is switched off.
     *
     * @throws ConfigurationException if the setting is missing or is no cron expression
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
            throw wrong(
                    setting,
                    cron,
                    "no cron expression: " + e.getMessage() + ". Write six fields, seconds first,"
                            + " such as \"0 * * * * ?\" for every minute, or off");
        }
    }

    private static ZoneId zoneOf(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw wrong(TIME_ZONE, name, "no time zone. Write a name such as Europe/Vienna, or UTC");
        }
    }

    /** Without the cause: Quarkus then says this one line, and ends. */
    private static ConfigurationException wrong(String setting, String value, String reason) {
        var variable = setting.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
        return new ConfigurationException(
                "%s (%s in the environment) is \"%s\", which is %s.".formatted(setting, variable, value, reason));
    }
}
