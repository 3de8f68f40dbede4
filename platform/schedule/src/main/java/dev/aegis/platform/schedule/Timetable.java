package dev.aegis.platform.schedule;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Sees to it that each schedule is settled when its time comes, and soon after when that did not work out. */
@ApplicationScoped
class Timetable {

    private static final Logger LOG = Logger.getLogger(Timetable.class);
    private static final String CATCH_UP_INTERVAL = "aegis.schedule.catch-up-interval";

    private final Scheduler scheduler;
    private final DatabaseClock clock;
    private final Duration catchUpEvery;
    private final Duration patience;
    private final List<Keeper> keepers;
    private final ClockWatch watch = new ClockWatch();
    private final ScheduledExecutorService catchUp = Executors.newSingleThreadScheduledExecutor(Timetable::thread);

    Timetable(
            @All List<Schedule> schedules,
            ScheduleSettings settings,
            Ignition ignition,
            MeterRegistry metrics,
            Scheduler scheduler,
            DatabaseClock clock,
            @ConfigProperty(name = CATCH_UP_INTERVAL, defaultValue = "10s") Duration catchUpEvery,
            @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "20S") Duration patience) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.catchUpEvery = positive(catchUpEvery);
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
        keepers.forEach(this::schedule);
        catchUp.scheduleWithFixedDelay(this::catchUp, 0, catchUpEvery.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void schedule(Keeper keeper) {
        scheduler
                .newJob(keeper.name())
                .setCron(keeper.times().cron())
                .setTimeZone(keeper.times().zone().getId())
                .setConcurrentExecution(SKIP)
                .setTask(execution -> keeper.catchUp(clock.now()))
                .schedule();
    }

    /**
     * Not a job of the scheduler, which takes a clock that was put back for one that has not come to the next time: whatever
     * the clocks do, this happens. Nothing may leave it: an executor never repeats what has thrown once, not even an error.
     */
    private void catchUp() {
        try {
            if (watch.wasPutBack()) {
                LOG.warn("The clock of this machine was put back: all schedules are set anew");
                for (var keeper : keepers) {
                    scheduler.unscheduleJob(keeper.name());
                    schedule(keeper);
                }
            }
            clock.compare();
            keepers.forEach(keeper -> keeper.catchUp(clock.now()));
        } catch (Throwable e) {
            LOG.error("The schedules could not be caught up, which is tried again", e);
        }
    }

    /** Before anything else stops that a firing needs. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        scheduler.pause();
        catchUp.shutdown();
        var deadline = System.nanoTime() + patience.toNanos();
        for (var keeper : keepers) {
            if (!keeper.retire(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warnf("%s is cut off in the middle of a firing, and stays due", keeper.name());
            }
        }
    }

    private static Duration positive(Duration interval) {
        if (interval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new ConfigurationException(CATCH_UP_INTERVAL + " is " + interval + ", which is no time at all.");
        }
        return interval;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "catch-up");
        thread.setDaemon(true);
        return thread;
    }
}
