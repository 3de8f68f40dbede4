package dev.aegis.platform.schedule;

import dev.aegis.platform.database.DatabaseClock;
import dev.aegis.testing.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.List;

/** Makes schedules, replicas that run them, and tells what came of it. */
@ApplicationScoped
class TestScheduler {

    private final DatabaseClock clock;
    private final TransactionSynchronizationRegistry transaction;
    private final Requests requests;
    private final Sql sql;

    TestScheduler(DatabaseClock clock, TransactionSynchronizationRegistry transaction, Requests requests, Sql sql) {
        this.clock = clock;
        this.transaction = transaction;
        this.requests = requests;
        this.sql = sql;
    }

    TestSchedule schedule() {
        return schedule(() -> {});
    }

    TestSchedule schedule(Runnable work) {
        return new TestSchedule(requests, work);
    }

    TestReplica replica(TestSchedule schedule) {
        return new TestReplica(schedule, clock, transaction);
    }

    /** The times for which the schedule has run. */
    List<Instant> runsOf(TestSchedule schedule) {
        return sql
                .select(
                        "SELECT extract(epoch FROM due_at)::bigint FROM scheduling.schedule_run"
                                + " WHERE schedule = ? ORDER BY due_at",
                        schedule.name())
                .stream()
                .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)))
                .toList();
    }

    /** How many messages there are of the runs that were begun, including those that came to nothing. */
    long messagesOf(TestSchedule schedule) {
        return schedule.begun().stream()
                .mapToLong(run -> sql.count("messaging.message WHERE headers ->> 'run' = ?", Long.toString(run)))
                .sum();
    }
}
