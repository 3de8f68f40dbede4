package dev.aegis.platform.schedule;

import dev.aegis.testing.Sql;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** Makes schedules, replicas that keep them, and tells what came of it. */
@ApplicationScoped
class TestScheduler {

    private final Firings firings;
    private final Requests requests;
    private final Sql sql;

    TestScheduler(Firings firings, Requests requests, Sql sql) {
        this.firings = firings;
        this.requests = requests;
        this.sql = sql;
    }

    TestSchedule schedule() {
        return schedule(firing -> {});
    }

    TestSchedule schedule(Consumer<Firing> work) {
        return new TestSchedule(requests, work);
    }

    /** What a replica has of its own; the schedule is due each minute. */
    Keeper replica(Schedule schedule) {
        return replica(schedule, new SimpleMeterRegistry());
    }

    Keeper replica(Schedule schedule, SimpleMeterRegistry metrics) {
        return new Keeper(
                schedule,
                FireTimes.of("0 * * * * ?", ZoneOffset.UTC),
                new Ignition(firings),
                new FiringMetrics(metrics, schedule.name()));
    }

    List<Instant> fireTimesOf(Schedule schedule) {
        return sql
                .select(
                        "SELECT extract(epoch FROM fire_time)::bigint FROM scheduling.schedule_firing"
                                + " WHERE schedule = ? ORDER BY fire_time",
                        schedule.name())
                .stream()
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .toList();
    }

    /** How many messages there are of the firings that were begun, those included that came to nothing. */
    long messagesOf(TestSchedule schedule) {
        return schedule.begun().stream()
                .mapToLong(firing ->
                        sql.count("messaging.message WHERE headers ->> 'firing' = ?", Long.toString(firing.id())))
                .sum();
    }

    static double count(SimpleMeterRegistry metrics, Schedule schedule, String outcome) {
        return metrics.get("aegis.schedule.firings")
                .tags("schedule", schedule.name(), "outcome", outcome)
                .counter()
                .count();
    }
}
