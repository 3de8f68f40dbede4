package dev.aegis.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void withoutAnythingAskedForTheWholeIsMeasured() {
        var settings = Settings.of(Map.of());
        assertThat(settings.isWhole()).isTrue();
        assertThat(settings.wants("sending")).isTrue();
        assertThat(settings.messages()).isEqualTo(200_000);
        assertThat(settings.rounds()).isEqualTo(3);
    }

    @Test
    void onlyTheRowsThatAreAskedForAreMeasured() {
        var settings = Settings.of(Map.of("BENCH_ONLY", "sending, pickup-p50"));
        assertThat(settings.wants("pickup-p50")).isTrue();
        assertThat(settings.wants("pickup-p99")).isFalse();
        assertThat(settings.isWhole()).isFalse();
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
