package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScheduleClockTest {

    private final ScheduleClock clock = new ScheduleClock();
    private final Instant database = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aClockThatIsFarFromTheDatabasesDoesNotCount() {
        assertThat(clock.now(database, database.plusSeconds(3600))).isEqualTo(database);
        assertThat(clock.now(database, database.minusSeconds(3600))).isEqualTo(database);
    }

    @Test
    void aClockThatDiffersALittleCounts() {
        assertThat(clock.now(database, database.plusSeconds(59))).isEqualTo(database.plusSeconds(59));
        assertThat(clock.now(database, database.minusSeconds(59))).isEqualTo(database.minusSeconds(59));
    }

    @Test
    void aClockThatIsRightAgainCounts() {
        clock.now(database, database.plusSeconds(3600));

        assertThat(clock.now(database, database.plusSeconds(1))).isEqualTo(database.plusSeconds(1));
    }
}
