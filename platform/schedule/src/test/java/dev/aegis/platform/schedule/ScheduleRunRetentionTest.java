package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ScheduleRunRetentionTest {

    @Inject
    ScheduleRunRetention retention;

    @Inject
    Sql sql;

    @BeforeEach
    void forgetEverything() {
        sql.update("DELETE FROM scheduling.schedule_run");
    }

    @Test
    void oldRunsAreRemovedExceptTheLastOfEachSchedule() {
        run("inspect-overdue", "99 days");
        run("inspect-overdue", "31 days");
        run("inspect-overdue", "1 day");
        run("armoury-report", "99 days");
        run("armoury-report", "31 days");

        retention.removeExpired();

        assertThat(sql.select("SELECT schedule || ' ' || extract(day FROM now() - run_at)"
                        + " FROM scheduling.schedule_run ORDER BY schedule"))
                .containsExactly("armoury-report 31", "inspect-overdue 1");
    }

    @Test
    void aRunInTheFutureIsNotTheLastOfItsSchedule() {
        run("inspect-overdue", "31 days");
        run("inspect-overdue", "-1 day");

        retention.removeExpired();

        assertThat(sql.count("scheduling.schedule_run")).isEqualTo(2);
    }

    private void run(String schedule, String age) {
        sql.update(
                "INSERT INTO scheduling.schedule_run (schedule, due_at, run_at)"
                        + " SELECT ?, at, at FROM (SELECT now() - ?::interval AS at) t",
                schedule,
                age);
    }
}
