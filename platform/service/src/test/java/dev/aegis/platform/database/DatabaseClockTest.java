package dev.aegis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseClockTest {

    @Inject
    DatabaseClock clock;

    private final Instant database = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void itTellsTheTime() {
        assertThat(Duration.between(Instant.now(), clock.now()).abs()).isLessThan(DatabaseClock.TOLERANCE);
    }

    @Test
    @Transactional
    void itGoesOnWithinATransaction() {
        assertThat(clock.now()).isBefore(clock.now());
    }

    @Test
    void itTellsTheTimeWhereAnIHasAnotherCapital() {
        var others = Locale.getDefault();
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertThat(clock.now()).isNotNull();
        } finally {
            Locale.setDefault(others);
        }
    }

    @Test
    void aClockThatIsFarFromTheDatabasesDoesNotCount() {
        assertThat(clock.agreed(database, database.plusSeconds(3600))).isEqualTo(database);
        assertThat(clock.agreed(database, database.minusSeconds(3600))).isEqualTo(database);
    }

    @Test
    void aClockThatDiffersALittleCounts() {
        assertThat(clock.agreed(database, database.plusSeconds(59))).isEqualTo(database.plusSeconds(59));
        assertThat(clock.agreed(database, database.minusSeconds(59))).isEqualTo(database.minusSeconds(59));
    }

    @Test
    void aClockThatIsRightAgainCounts() {
        clock.agreed(database, database.plusSeconds(3600));

        assertThat(clock.agreed(database, database.plusSeconds(1))).isEqualTo(database.plusSeconds(1));
    }
}
