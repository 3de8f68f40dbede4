package dev.aegis.platform.schedule;

import static java.time.ZoneOffset.UTC;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * The times at which a schedule is due: those that its cron expression names in its time zone, to the second. They depend on
 * nothing else, so every replica computes the same times.
 *
 * <p>When the clocks of the time zone are changed, it matters whether the expression names hours:
 *
 * <ul>
 *   <li>A time of day, such as {@code 0 30 2 * * ?}, is due once a day. If it comes twice, it is due the first time; if it is
 *       skipped, it is due at the moment at which the clocks go forward.
 *   <li>What is due in every hour, such as {@code 0 30 * * * ?}, goes on through the repeated hour as through any other, and
 *       catches nothing up for an hour that did not happen.
 * </ul>
 */
final class CronSchedule {

    /** The dialect that Quarkus Scheduler reads unless told otherwise: it and the catch-up have to agree. */
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));

    private static final Set<String> EVERY_HOUR = Set.of("*", "*/1", "0/1", "0-23");

    private final String cron;
    private final ZoneId zone;
    private final ExecutionTime times;
    private final boolean everyHour;

    private CronSchedule(String cron, ZoneId zone, Cron parsed) {
        this.cron = cron;
        this.zone = zone;
        this.times = ExecutionTime.forCron(parsed);
        var hours = parsed.retrieve(CronFieldName.HOUR).getExpression().asString();
        this.everyHour = EVERY_HOUR.contains(hours);
    }

    /**
     * The times that a cron expression names.
     *
     * @param cron six or seven fields, seconds first, such as {@code 0 * * * * ?} for every minute
     * @throws IllegalArgumentException if it is not a cron expression
     */
    static CronSchedule of(String cron, ZoneId zone) {
        return new CronSchedule(cron, zone, PARSER.parse(cron));
    }

    /** The last of them before a moment; empty if there is none. */
    Optional<Instant> lastBefore(Instant moment) {
        return everyHour ? lastOfEveryHour(moment) : lastOfNamedHours(moment);
    }

    /** By the offset of each stretch between two changes of the clocks, beginning with the last. */
    private Optional<Instant> lastOfEveryHour(Instant moment) {
        var rules = zone.getRules();
        var end = moment;
        while (true) {
            var offset = rules.getOffset(end.minusNanos(1));
            var last = lastBefore(LocalDateTime.ofInstant(end, offset)).map(time -> time.toInstant(offset));
            if (last.isEmpty() || rules.getOffset(last.get()).equals(offset)) {
                return last;
            }
            end = rules.previousTransition(end).getInstant();
        }
    }

    private Optional<Instant> lastOfNamedHours(Instant moment) {
        var last = lastBefore(endOfLocalTimes(moment));
        while (last.isPresent() && !dueAt(last.get()).isBefore(moment)) {
            last = lastBefore(last.get());
        }
        return last.map(this::dueAt);
    }

    /** The local time before which all that were due before the moment lie: in a repeated hour that is its end. */
    private LocalDateTime endOfLocalTimes(Instant moment) {
        var local = LocalDateTime.ofInstant(moment, zone);
        var change = zone.getRules().getTransition(local);
        var repeated = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
        return repeated ? change.getDateTimeBefore() : local;
    }

    private Instant dueAt(LocalDateTime local) {
        var change = zone.getRules().getTransition(local);
        if (change == null) {
            return local.atZone(zone).toInstant();
        }
        return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
    }

    /** The last time that the expression names before another, in a place where the clocks are never changed. */
    private Optional<LocalDateTime> lastBefore(LocalDateTime local) {
        return times.lastExecution(local.atZone(UTC))
                .map(time -> time.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS));
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
