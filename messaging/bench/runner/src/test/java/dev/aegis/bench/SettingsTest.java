package dev.aegis.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aegis.bench.report.RowSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void withoutAnythingAskedForTheWholeIsMeasured() {
        var settings = Settings.of(Map.of());
        assertThat(settings.isWhole()).isTrue();
        assertThat(settings.wants(RowSpec.SENDING)).isTrue();
        assertThat(settings.messages()).isEqualTo(200_000);
        assertThat(settings.rounds()).isEqualTo(3);
    }

    @Test
    void onlyTheRowsThatAreAskedForAreMeasured() {
        var settings = Settings.of(Map.of("BENCH_ONLY", "sending, pickup-p50"));
        assertThat(settings.wants(RowSpec.PICKUP_P50)).isTrue();
        assertThat(settings.wants(RowSpec.PICKUP_P99)).isFalse();
        assertThat(settings.isWhole()).isFalse();
    }

    @Test
    void theRowsOfTheBaselineAreMeasuredOnlyWhenThereIsOne() {
        assertThat(Settings.of(Map.of()).wants(RowSpec.BASELINE_SENDING)).isFalse();
        assertThat(Settings.of(Map.of("BENCH_BASELINE", "../before")).wants(RowSpec.BASELINE_SENDING))
                .isTrue();
    }

    @Test
    void anAsteriskAsksForAllRowsThatBeginSo() {
        var settings = Settings.of(Map.of("BENCH_BASELINE", "../before", "BENCH_ONLY", "baseline-*, sending"));
        assertThat(settings.wants(RowSpec.BASELINE_PICKUP_P99)).isTrue();
        assertThat(settings.wants(RowSpec.SENDING)).isTrue();
        assertThat(settings.wants(RowSpec.DRAIN_BATCH)).isFalse();
    }

    @Test
    void aSmallerNumberIsNotTheWhole() {
        assertThat(Settings.of(Map.of("BENCH_N", "20000")).isWhole()).isFalse();
    }

    @Test
    void whatIsNoNumberIsRefusedByItsName() {
        assertThatThrownBy(() -> Settings.of(Map.of("BENCH_ROUNDS", "many")))
                .hasMessage("BENCH_ROUNDS is a number from 1, not many");
    }
}
