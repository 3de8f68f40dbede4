package dev.aegis.platform.schedule;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * What this replica did for one schedule: {@code aegis.schedule.firings} by outcome (fired, skipped, failed), and {@code
 * aegis.schedule.lag}, the time from when the schedule was due to when it had fired.
 */
final class FiringMetrics {

    private final Counter fired;
    private final Counter skipped;
    private final Counter failed;
    private final Timer lag;

    FiringMetrics(MeterRegistry registry, String schedule) {
        fired = counter(registry, schedule, "fired");
        skipped = counter(registry, schedule, "skipped");
        failed = counter(registry, schedule, "failed");
        lag = Timer.builder("aegis.schedule.lag")
                .description("From the time at which the schedule was due to the end of its firing")
                .tag("schedule", schedule)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String schedule, String outcome) {
        return Counter.builder("aegis.schedule.firings")
                .description("What this replica did at the times of the schedule")
                .tag("schedule", schedule)
                .tag("outcome", outcome)
                .register(registry);
    }

    void record(Attempt attempt) {
        switch (attempt.result()) {
            case FIRED -> {
                fired.increment();
                lag.record(attempt.lag());
            }
            case SKIPPED -> skipped.increment();
            case BUSY, EARLY -> {}
        }
    }

    void recordFailure() {
        failed.increment();
    }
}
