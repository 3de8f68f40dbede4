package dev.aegis.scheduler.firing;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Sees to it that each schedule is settled when its time comes, and soon after when that did not work out. */
@ApplicationScoped
class Timetable {

    private static final Logger LOG = Logger.getLogger(Timetable.class);

    private final Scheduler scheduler;
    private final String catchUpEvery;
    private final Duration patience;
    private final List<Keeper> keepers;

    Timetable(
            @All List<Schedule> schedules,
            ScheduleSettings settings,
            Ignition ignition,
            MeterRegistry metrics,
            Scheduler scheduler,
            @ConfigProperty(name = "aegis.schedule.catch-up-interval", defaultValue = "10s") String catchUpEvery,
            @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "20S") Duration patience) {
        this.scheduler = scheduler;
        this.catchUpEvery = catchUpEvery;
        this.patience = patience;
        this.keepers = schedules.stream()
                .flatMap(schedule -> settings
                        .timesOf(schedule.name())
                        .map(times ->
                                new Keeper(schedule, times, ignition, new FiringMetrics(metrics, schedule.name())))
                        .stream())
                .toList();
    }

    /** After the database is there and up to date. */
    void start(@Observes StartupEvent event) {
        for (var keeper : keepers) {
            scheduler
                    .newJob(keeper.name())
                    .setCron(keeper.times().cron())
                    .setTimeZone(keeper.times().zone().getId())
                    .setConcurrentExecution(SKIP)
                    .setTask(execution -> keeper.settle(execution.getScheduledFireTime()))
                    .schedule();
        }
        scheduler
                .newJob("catch-up")
                .setInterval(catchUpEvery)
                .setConcurrentExecution(SKIP)
                .setTask(execution -> keepers.forEach(keeper -> keeper.catchUp(Instant.now())))
                .schedule();
    }

    /** Before anything else stops that a firing needs. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        scheduler.pause();
        var deadline = Instant.now().plus(patience);
        for (var keeper : keepers) {
            if (!keeper.retire(deadline)) {
                LOG.warnf("%s is cut off in the middle of a firing, and stays due", keeper.name());
            }
        }
    }
}
