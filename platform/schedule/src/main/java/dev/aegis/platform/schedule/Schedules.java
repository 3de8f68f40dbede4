package dev.aegis.platform.schedule;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.aegis.platform.database.DatabaseClock;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.common.runtime.ScheduledInvoker;
import io.quarkus.scheduler.common.runtime.ScheduledMethod;
import io.quarkus.scheduler.common.runtime.SchedulerContext;
import io.quarkus.scheduler.common.runtime.util.SchedulerUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The {@link OncePerCluster} methods of this service. Each is called by its trigger, and at start and every few seconds to catch
 * up what was missed or failed.
 */
@ApplicationScoped
class Schedules {

    private static final Logger LOG = Logger.getLogger(Schedules.class);

    /**
     * @param cron empty if it is switched off
     * @param invoker calls the method as its trigger does
     */
    private record Schedule(String name, Optional<CronSchedule> cron, ScheduledInvoker invoker) {}

    private final Map<Method, Schedule> schedules = new HashMap<>();
    private final ScheduleRuns runs;
    private final DatabaseClock clock;
    private Future<?> catchUp = CompletableFuture.completedFuture(null);

    Schedules(SchedulerContext context, ScheduleRuns runs, DatabaseClock clock) throws ClassNotFoundException {
        this.runs = runs;
        this.clock = clock;
        for (var scheduled : context.getScheduledMethods()) {
            oncePerCluster(scheduled).ifPresent(method -> register(method, scheduled, context));
        }
    }

    /** The method if it is to run once per cluster. One of the same name with parameters is another. */
    private static Optional<Method> oncePerCluster(ScheduledMethod scheduled) throws ClassNotFoundException {
        var bean = Thread.currentThread().getContextClassLoader().loadClass(scheduled.getDeclaringClassName());
        return Stream.of(bean.getDeclaredMethods())
                .filter(method -> method.getName().equals(scheduled.getMethodName()))
                .filter(method -> method.getParameterCount() == 0 && method.isAnnotationPresent(OncePerCluster.class))
                .findFirst();
    }

    private void register(Method method, ScheduledMethod scheduled, SchedulerContext context) {
        var annotation = scheduled.getSchedules().get(0);
        var name = SchedulerUtils.lookUpPropertyValue(annotation.identity());
        if (name.isEmpty() || annotation.cron().isEmpty()) {
            throw new IllegalStateException(method + " needs @Scheduled(identity = …, cron = …)");
        }
        var cron = ScheduleSettings.cronOf(annotation);
        LOG.infof("%s is due at %s", name, cron.isPresent() ? cron.get() : "no time");
        runs.register(name);
        schedules.put(method, new Schedule(name, cron, context.createInvoker(scheduled.getInvokerClassName())));
    }

    /** Creates this bean, which refuses wrong settings, before the service waits for its database. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {}

    /**
     * After the database is there and up to date. The catch-up is not a trigger of Quarkus: those are silent after the clock
     * was set back, until it comes to their next time again.
     */
    void start(
            @Observes StartupEvent event,
            Scheduler scheduler,
            ScheduledExecutorService executor,
            @ConfigProperty(name = "aegis.schedule.catch-up-interval", defaultValue = "10s") Duration interval) {
        if (interval.toMillis() < 1) {
            throw ScheduleSettings.wrong("aegis.schedule.catch-up-interval", interval, "too short. Write 1s or more");
        }
        runs.start();
        Runnable task = () -> schedules.values().forEach(schedule -> catchUp(schedule, scheduler));
        catchUp = executor.scheduleWithFixedDelay(task, 0, interval.toNanos(), NANOSECONDS);
    }

    /** Throws nothing, not even an error: an executor never repeats what has thrown once. */
    private void catchUp(Schedule schedule, Scheduler scheduler) {
        try {
            if (scheduler.isRunning() && !scheduler.isPaused(schedule.name())) {
                schedule.invoker().invoke(null).toCompletableFuture().join();
            }
        } catch (Throwable e) {
            runs.report(schedule.name(), e);
        }
    }

    void runIfDue(Method method, Callable<?> work) {
        var schedule = Optional.ofNullable(schedules.get(method))
                .orElseThrow(() -> new IllegalStateException(method + " is not @Scheduled, or has parameters"));
        runs.runIfDue(
                schedule.name(),
                now -> schedule.cron().flatMap(cron -> cron.lastBefore(clock.agreed(now, Instant.now()))),
                work);
    }

    /** Before anything else stops that a run needs. */
    void stop(@Observes ShutdownEvent event, @ConfigProperty(name = "quarkus.shutdown.timeout") Duration gracePeriod)
            throws InterruptedException {
        catchUp.cancel(false);
        runs.stop(gracePeriod)
                .forEach(schedule -> LOG.warnf("%s is cut off in the middle of a run, and stays due", schedule));
    }
}
