package dev.aegis.messaging.internal.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is silent is told by a heartbeat that stays the same, never by the time that it bears. */
class SilentConsumersTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SilentConsumers silent = new SilentConsumers(Duration.ofSeconds(8));

    private Map<Long, String> at(long seconds, Map<Long, String> beats) {
        return silent.among(beats, seconds * SECOND, seconds * SECOND);
    }

    @Test
    void oneWhoseHeartbeatStaysTheSameForLongerThanTheTimeoutIsSilent() {
        assertThat(at(0, Map.of(1L, "100", 2L, "100"))).isEmpty();
        assertThat(at(8, Map.of(1L, "100", 2L, "108"))).isEmpty();
        assertThat(at(9, Map.of(1L, "100", 2L, "108"))).containsExactly(Map.entry(1L, "100"));
    }

    @Test
    void oneWhoseClockWasSetBackLives() {
        assertThat(at(0, Map.of(1L, "5000"))).isEmpty();
        assertThat(at(9, Map.of(1L, "100"))).isEmpty();
    }

    @Test
    void whoWasAwayItselfBeginsAnew() {
        assertThat(at(0, Map.of(1L, "100"))).isEmpty();
        silent.forget();
        assertThat(at(60, Map.of(1L, "100"))).isEmpty();
        assertThat(at(69, Map.of(1L, "100"))).hasSize(1);
    }

    @Test
    void theTimeInWhichAnAnswerWasOnItsWayIsNotCounted() {
        silent.among(Map.of(1L, "100"), 0, 5 * SECOND);
        assertThat(silent.among(Map.of(1L, "100"), 10 * SECOND, 20 * SECOND)).isEmpty();
    }

    @Test
    void oneThatRegistersAgainIsAnother() {
        assertThat(at(0, Map.of(1L, "100"))).isEmpty();
        assertThat(at(5, Map.of())).isEmpty();
        assertThat(at(9, Map.of(1L, "100"))).isEmpty();
    }
}
