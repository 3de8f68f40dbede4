package dev.aegis.scheduler.firing;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The times at which a schedule is due: those that its cron expression names in its time zone, to the second. They depend on
 * nothing else, so every replica comes to the same times.
 */
final class FireTimes {

    /** The dialect that Quarkus Scheduler reads unless told otherwise: it and the catch-up have to agree. */
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    private final String cron;
    private final ZoneId zone;
    private final ExecutionTime times;

    private FireTimes(String cron, ZoneId zone, ExecutionTime times) {
        this.cron = cron;
        this.zone = zone;
        this.times = times;
    }

    /**
     * The times that a cron expression names.
     *
     * @param cron six or seven fields, seconds first, such as {@code 0 * * * * ?} for every minute
     * @throws IllegalArgumentException if it is not a cron expression
     */
    static FireTimes of(String cron, ZoneId zone) {
        return new FireTimes(cron, zone, ExecutionTime.forCron(PARSER.parse(cron)));
    }

    /** The last of them before a moment; empty if there is none. */
    Optional<Instant> lastBefore(Instant moment) {
        return times.lastExecution(moment.atZone(zone))
                .map(time -> time.toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    String cron() {
        return cron;
    }

    ZoneId zone() {
        return zone;
    }

    @Override
    public String toString() {
        return cron + " " + zone;
    }
}
