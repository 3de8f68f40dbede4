package dev.aegis.platform.schedule;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Reads when a schedule is due as Quarkus does, and names the setting that is wrong. */
final class ScheduleSettings {

    private ScheduleSettings() {}

    /** Empty if the schedule is switched off. */
    static Optional<CronSchedule> cronOf(Scheduled scheduled) {
        var zone = read(
                scheduled.timeZone(),
                name -> name.equals(Scheduled.DEFAULT_TIMEZONE) ? ZoneId.systemDefault() : ZoneId.of(name),
                "no time zone. Write a name such as Europe/Vienna, or UTC");
        return read(
                scheduled.cron(),
                cron -> SchedulerUtils.isOff(cron) ? Optional.empty() : Optional.of(CronSchedule.of(cron, zone)),
                "no cron expression. Write six fields, seconds first, such as \"0 * * * * ?\" for every minute, or off");
    }

    private static <T> T read(String expression, Function<String, T> parser, String otherwise) {
        var value = "";
        try {
            value = SchedulerUtils.lookUpPropertyValue(expression);
            return parser.apply(value);
        } catch (IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            throw wrong(expression.replaceAll("[${}]", ""), value, otherwise + " (" + e.getMessage() + ')');
        }
    }

    /** Without a cause: Quarkus then says this one line, and ends. */
    static ConfigurationException wrong(String setting, Object value, String reason) {
        var variable = setting.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
        return new ConfigurationException(
                "%s (%s in the environment) is \"%s\", which is %s.".formatted(setting, variable, value, reason));
    }
}
