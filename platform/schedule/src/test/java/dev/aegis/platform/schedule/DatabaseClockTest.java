package dev.aegis.platform.schedule;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DatabaseClockTest {

    private final DatabaseClock clock;

    DatabaseClockTest(Session database) {
        clock = new DatabaseClock(database);
    }

    @BeforeEach
    void beAnHourAhead() {
        clock.correct(Duration.ofHours(-1));
    }

    @Test
    void aClockThatIsFarFromTheDatabasesIsCorrected() {
        assertThat(clock.now()).isCloseTo(Instant.now().minusSeconds(3600), within(10, SECONDS));
    }

    @Test
    void aClockThatDiffersALittleIsLeftAlone() {
        clock.correct(Duration.ofSeconds(59));

        assertThat(clock.now()).isCloseTo(Instant.now(), within(10, SECONDS));
    }

    @Test
    void aClockThatIsRightAgainIsCorrectedNoMore() {
        clock.compare();

        assertThat(clock.now()).isCloseTo(Instant.now(), within(10, SECONDS));
    }
}
