package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.testing.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FiringRetentionTest {

    @Inject
    FiringRetention retention;

    @Inject
    Sql sql;

    @BeforeEach
    void forgetEverything() {
        sql.update("DELETE FROM scheduling.schedule_firing");
    }

    @Test
    void firingsGoButForTheLastOfEachSchedule() {
        firing("inspect-overdue", "99 days");
        firing("inspect-overdue", "31 days");
        firing("inspect-overdue", "1 day");
        firing("armoury-report", "99 days");
        firing("armoury-report", "31 days");

        retention.removeExpired();

        assertThat(sql.select("SELECT schedule || ' ' || extract(day FROM now() - fired_at)"
                        + " FROM scheduling.schedule_firing ORDER BY schedule"))
                .containsExactly("armoury-report 31", "inspect-overdue 1");
    }

    @Test
    void aFiringInTheFutureIsNotTheLastOfItsSchedule() {
        firing("inspect-overdue", "31 days");
        firing("inspect-overdue", "-1 day");

        retention.removeExpired();

        assertThat(sql.count("scheduling.schedule_firing")).isEqualTo(2);
    }

    private void firing(String schedule, String age) {
        sql.update(
                "INSERT INTO scheduling.schedule_firing (schedule, fire_time, fired_at)"
                        + " SELECT ?, at, at FROM (SELECT now() - ?::interval AS at) t",
                schedule,
                age);
    }
}
