package dev.aegis.platform.schedule;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a {@code @Scheduled} method run once per cluster for each of its times, however many replicas call it:
 *
 * <pre>{@code
 * @Scheduled(identity = "inspect-overdue", cron = "{aegis.schedule.inspect-overdue.cron}",
 *         timeZone = "{aegis.schedule.time-zone}")
 * @OncePerCluster
 * void requestInspections() { … }
 * }</pre>
 *
 * <p>A run is one transaction: the row in {@code scheduling.schedule_run}, and what the method writes and sends. If the method
 * throws, none of it happened and the time stays due. A time that was missed, or whose run failed, is caught up soon; of several
 * only the last. A call by hand runs the method only if it is due. The current run can be injected as {@link ScheduleRun}.
 *
 * <p>The method has no parameters and returns nothing; its schedule has an identity, which never changes, and a cron expression.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE}) // a type: the interceptor
public @interface OncePerCluster {}
