package dev.aegis.scheduler.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FireTimesTest {

    private static final String EVERY_MINUTE = "0 * * * * ?";
    private static final String AT_HALF_PAST_TWO = "0 30 2 * * ?";
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

    @Test
    void theLastTimeIsTheLatestThatTheExpressionNames() {
        assertThat(lastBefore(EVERY_MINUTE, ZoneOffset.UTC, "2026-05-01T12:34:56.789Z"))
                .isEqualTo(Instant.parse("2026-05-01T12:34:00Z"));
    }

    @Test
    void clocksThatDifferALittleComeToTheSameTime() {
        assertThat(lastBefore(EVERY_MINUTE, ZoneOffset.UTC, "2026-05-01T12:34:00.001Z"))
                .isEqualTo(lastBefore(EVERY_MINUTE, ZoneOffset.UTC, "2026-05-01T12:34:59.999Z"));
    }

    @Test
    void aTimeIsNotBeforeItself() {
        assertThat(lastBefore(EVERY_MINUTE, ZoneOffset.UTC, "2026-05-01T12:34:00Z"))
                .isEqualTo(Instant.parse("2026-05-01T12:33:00Z"));
    }

    @Test
    void theTimeZoneDecidesWhenTheDayBegins() {
        assertThat(lastBefore("0 0 0 * * ?", VIENNA, "2026-07-01T12:00:00Z"))
                .isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
        assertThat(lastBefore("0 0 0 * * ?", VIENNA, "2026-01-01T12:00:00Z"))
                .isEqualTo(Instant.parse("2025-12-31T23:00:00Z"));
    }

    @Test
    void aTimeThatTheClocksSkipInSpringComesBackTheNextDay() {
        assertThat(lastBefore(AT_HALF_PAST_TWO, VIENNA, "2026-03-30T12:00:00Z"))
                .isEqualTo(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void anExpressionThatNamesNoTimeBeforeHasNone() {
        var times = FireTimes.of("0 0 0 1 1 ? 2090", ZoneOffset.UTC);

        assertThat(times.lastBefore(Instant.parse("2026-05-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void whatIsNoCronExpressionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> FireTimes.of("each minute", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> FireTimes.of("* * * * *", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> FireTimes.of("0 61 * * * ?", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> FireTimes.of("", ZoneOffset.UTC));
    }

    private static Instant lastBefore(String cron, ZoneId zone, String moment) {
        return FireTimes.of(cron, zone).lastBefore(Instant.parse(moment)).orElseThrow();
    }
}
