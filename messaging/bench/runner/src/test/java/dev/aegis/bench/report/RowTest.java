package dev.aegis.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {

    private static final Measurement SLOW = Measurement.of("slow", List.of(10.0));
    private static final Measurement FAST = Measurement.of("fast", List.of(20.0));

    @Test
    void aRateIsComparedWithTheFastestOther() {
        var row = Row.against(RowSpec.DRAIN_SINGLE, Measurement.of("own", List.of(24.0)), List.of(SLOW, FAST), "/s");
        assertThat(row.line()).isEqualTo("row drain-single ratio 1.20 bar 1.20 held");
        assertThat(row.note()).isEqualTo("24.00 /s against 20.00 of fast");
    }

    @Test
    void aTimeIsComparedWithTheShortestOther() {
        var row = Row.against(RowSpec.PICKUP_P50, Measurement.of("own", List.of(11.0)), List.of(SLOW, FAST), "ms");
        assertThat(row.line()).isEqualTo("row pickup-p50 ratio 1.10 bar 1.00 short");
    }

    @Test
    void ofTwoThatAreMeasuredInTurnTheRoundsAreComparedInPairs() {
        var own = Measurement.of("own", List.of(10.0, 38.0, 20.0));
        var other = Measurement.of("other", List.of(10.0, 40.0, 30.0));
        var row = Row.inPairs(RowSpec.BASELINE_SENDING, own, other, "/s");
        assertThat(row.line()).isEqualTo("row baseline-sending ratio 0.95 bar 0.95 held");
        assertThat(row.note()).isEqualTo("20.00 /s against 30.00 of other");
    }

    @Test
    void aRowIsShortWhenOneOfTheOthersFailed() {
        var fallen = Measurement.failed("fallen", "fallen: gave no answer");
        var row = Row.against(RowSpec.DRAIN_BATCH, FAST, List.of(SLOW, fallen), "/s");
        assertThat(row.line()).isEqualTo("row drain-batch ratio - bar 2.00 short");
        assertThat(row.note()).isEqualTo("fallen: gave no answer");
    }

    @Test
    void aSlowdownIsHowManyTimesTheRateWasHigherBefore() {
        var row = Row.slowdown(RowSpec.DECAY_DEAD, FAST, SLOW, "/s");
        assertThat(row.line()).isEqualTo("row decay-dead ratio 2.00 bar 1.50 short");
    }

    @Test
    void aGrowthIsHowManyTimesTheTimeIsLongerAfter() {
        var row = Row.growth(RowSpec.DECAY_SNAPSHOT_CLAIM, SLOW, FAST, "ms");
        assertThat(row.line()).isEqualTo("row decay-snapshot-claim ratio 2.00 bar 2.00 held");
    }

    @Test
    void aBarIsHeldByTheRatioAndNotByItsRoundedText() {
        var row = new Row(RowSpec.PICKUP_P99, 1.004, "");
        assertThat(row.line()).isEqualTo("row pickup-p99 ratio 1.00 bar 1.00 short");
    }

    @Test
    void whatIsNotOnTheMachineIsLeftOutAndFailsNothing() {
        var row = Row.leftOut(RowSpec.REST_READ_PGBENCH, "there is no pgbench on the path");
        assertThat(row.line()).isEqualTo("row rest-read-pgbench ratio - bar 0.10 left-out");
        assertThat(row.isHeld()).isFalse();
        assertThat(row.isShort()).isFalse();
    }

    @Test
    void aFigureCanBeHeldAgainstANumber() {
        var row = Row.absolute(RowSpec.MAIN_JOB, Measurement.of("own", List.of(2000.0)), "/s");
        assertThat(row.isHeld()).isTrue();
        assertThat(row.note()).isEqualTo("2,000 /s");
    }
}
