package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    private static final String EVERY_MINUTE = "0 * * * * ?";
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

    @ParameterizedTest
    @CsvSource({
        "Europe/Vienna, 0 30 2 * * ?, 2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "Europe/Vienna, 0 0 2 * * ?, 2026-10-24T00:00:00Z, 2026-10-25T00:00:00Z, 2026-10-26T01:00:00Z",
        "Europe/Vienna, 0 0 3 * * ?, 2026-10-24T01:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z",
        "America/New_York, 0 30 1 * * ?, 2026-10-31T05:30:00Z, 2026-11-01T05:30:00Z, 2026-11-02T06:30:00Z",
        "Australia/Lord_Howe, 0 45 1 * * ?, 2026-04-03T14:45:00Z, 2026-04-04T14:45:00Z, 2026-04-05T15:15:00Z",
    })
    void aTimeOfDayThatComesTwiceIsDueTheFirstTime(
            String zone, String cron, String before, String onTheDay, String after) {
        assertThat(allBetween(cron, zone, before, after)).containsExactly(instants(before, onTheDay, after));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Vienna, 0 30 2 * * ?, 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "Europe/Vienna, 0 0 2 * * ?, 2026-03-28T01:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
        "Europe/Vienna, 0 0 3 * * ?, 2026-03-28T02:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T01:00:00Z",
        "Europe/Vienna, 0 */10 2 * * ?, 2026-03-28T01:50:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
        "America/New_York, 0 30 2 * * ?, 2026-03-07T07:30:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z",
        "Australia/Lord_Howe, 0 15 2 * * ?, 2026-10-02T15:45:00Z, 2026-10-03T15:30:00Z, 2026-10-04T15:15:00Z",
    })
    void aTimeOfDayThatIsSkippedIsDueOnceWhenTheClocksGoForward(
            String zone, String cron, String before, String onTheDay, String after) {
        assertThat(allBetween(cron, zone, before, after)).containsExactly(instants(before, onTheDay, after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "UTC"})
    void whatIsDueEachHalfHourIsDueEachHalfHourWhateverTheClocksDo(String zone) {
        var times = allBetween("0 */30 * * * ?", zone, "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");

        assertThat(times).hasSize(364 * 48 + 1);
    }

    @Test
    void whatIsDueInEveryHourIsDueInTheRepeatedHourTooAndNotForOneThatDidNotHappen() {
        assertThat(allBetween("0 30 * * * ?", "Europe/Vienna", "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z"))
                .containsExactly(instants(
                        "2026-10-24T23:30:00Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:30:00Z"));
        assertThat(allBetween("0 30 * * * ?", "Europe/Vienna", "2026-03-29T00:30:00Z", "2026-03-29T02:30:00Z"))
                .containsExactly(instants("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"));
    }

    @Test
    void aLeapDayIsDueWhenThereIsOne() {
        assertThat(allBetween("0 0 12 29 2 ?", "Europe/Vienna", "2024-02-29T11:00:00Z", "2032-02-29T11:00:00Z"))
                .containsExactly(instants("2024-02-29T11:00:00Z", "2028-02-29T11:00:00Z", "2032-02-29T11:00:00Z"));
    }

    @Test
    void theLastDayOfFebruaryIsTheLeapDayInLeapYears() {
        assertThat(allBetween("0 0 0 L 2 ?", "UTC", "2027-02-28T00:00:00Z", "2029-02-28T00:00:00Z"))
                .containsExactly(instants("2027-02-28T00:00:00Z", "2028-02-29T00:00:00Z", "2029-02-28T00:00:00Z"));
    }

    @Test
    void anExpressionThatNamesNoTimeBeforeHasNone() {
        var times = CronSchedule.of("0 0 0 1 1 ? 2090", ZoneOffset.UTC);

        assertThat(times.lastBefore(Instant.parse("2026-05-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void whatIsNoCronExpressionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CronSchedule.of("each minute", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> CronSchedule.of("* * * * *", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> CronSchedule.of("0 61 * * * ?", ZoneOffset.UTC));
        assertThatIllegalArgumentException().isThrownBy(() -> CronSchedule.of("", ZoneOffset.UTC));
    }

    /** All times from one to another, which have to be times themselves; by going back from each to the one before. */
    private static List<Instant> allBetween(String cron, String zone, String first, String last) {
        var times = CronSchedule.of(cron, ZoneId.of(zone));
        var all = new ArrayDeque<Instant>();
        var time = times.lastBefore(Instant.parse(last).plusSeconds(1));
        while (time.isPresent() && !time.get().isBefore(Instant.parse(first))) {
            all.addFirst(time.get());
            time = times.lastBefore(time.get());
        }
        return List.copyOf(all);
    }

    private static Instant[] instants(String... texts) {
        return Stream.of(texts).map(Instant::parse).toArray(Instant[]::new);
    }

    private static Instant lastBefore(String cron, ZoneId zone, String moment) {
        return CronSchedule.of(cron, zone).lastBefore(Instant.parse(moment)).orElseThrow();
    }
}
