package dev.aegis.platform.schedule;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.common.runtime.ScheduledInvoker;
import io.quarkus.scheduler.common.runtime.SchedulerContext;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The {@link OncePerCluster} methods of this service. Each is called by its trigger, and at start and every few seconds to catch
 * up what was missed or failed.
 */
@ApplicationScoped
class Schedules {

    private static final Logger LOG = Logger.getLogger(Schedules.class);

    /** @param invoker calls the method as its trigger does */
    private record Schedule(String name, ScheduleRunner runner, ScheduledInvoker invoker) {}

    private final Map<Method, Schedule> schedules = new HashMap<>();
    private volatile boolean running;

    /** Not a trigger of Quarkus: those are silent after the clock was set back, until it comes to their next time again. */
    private final ScheduledExecutorService catchUp =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "catch-up"));

    Schedules(SchedulerContext context, ScheduleRuns runs, ScheduleClock clock, MeterRegistry metrics)
            throws ClassNotFoundException {
        for (var scheduled : context.getScheduledMethods()) {
            var bean = Thread.currentThread().getContextClassLoader().loadClass(scheduled.getDeclaringClassName());
            for (var method : bean.getDeclaredMethods()) {
                if (method.isAnnotationPresent(OncePerCluster.class)
                        && method.getName().equals(scheduled.getMethodName())) {
                    var annotation = scheduled.getSchedules().get(0);
                    var name = SchedulerUtils.lookUpPropertyValue(annotation.identity());
                    if (name.isEmpty() || annotation.cron().isEmpty()) {
                        throw new IllegalStateException(method + " needs @Scheduled(identity = …, cron = …)");
                    }
                    var cron = ScheduleSettings.cronOf(annotation);
                    LOG.infof(
                            "%s is due at %s",
                            name, cron.map(CronSchedule::toString).orElse("no time"));
                    var runner = new ScheduleRunner(
                            name, now -> cron.flatMap(times -> times.lastBefore(clock.now(now))), runs, metrics);
                    schedules.put(
                            method, new Schedule(name, runner, context.createInvoker(scheduled.getInvokerClassName())));
                }
            }
        }
    }

    /** Has this made, and wrong settings refused, before the service waits for its database. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {}

    /** After the database is there and up to date. */
    void start(
            @Observes StartupEvent event,
            Scheduler scheduler,
            @ConfigProperty(name = "aegis.schedule.catch-up-interval", defaultValue = "10s") Duration interval) {
        running = true;
        catchUp.scheduleWithFixedDelay(
                () -> schedules.values().forEach(schedule -> catchUp(schedule, scheduler)),
                0,
                ScheduleSettings.positive("aegis.schedule.catch-up-interval", interval)
                        .toNanos(),
                NANOSECONDS);
    }

    /** Throws nothing, not even an error: an executor never repeats what has thrown once. */
    private static void catchUp(Schedule schedule, Scheduler scheduler) {
        try {
            if (scheduler.isRunning() && !scheduler.isPaused(schedule.name())) {
                schedule.invoker().invoke(null).toCompletableFuture().join();
            }
        } catch (Throwable e) {
            schedule.runner().report(e);
        }
    }

    void runIfDue(Method method, Callable<?> work) {
        var schedule = schedules.get(method);
        if (schedule == null) {
            throw new IllegalStateException(method + " is @OncePerCluster, but not @Scheduled");
        }
        if (running) {
            schedule.runner().runIfDue(work);
        }
    }

    /** Before anything else stops that a run needs. */
    void stop(@Observes ShutdownEvent event, @ConfigProperty(name = "quarkus.shutdown.timeout") Duration gracePeriod)
            throws InterruptedException {
        running = false;
        catchUp.shutdown();
        var deadline = System.nanoTime() + gracePeriod.toNanos();
        for (var schedule : schedules.values()) {
            if (!schedule.runner().shutdown(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warnf("%s is cut off in the middle of a run, and stays due", schedule.name());
            }
        }
    }
}
