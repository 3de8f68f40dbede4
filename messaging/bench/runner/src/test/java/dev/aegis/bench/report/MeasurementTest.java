package dev.aegis.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void theMedianIsTheMiddleRoundWhateverTheOrder() {
        assertThat(Measurement.of("a", List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5.0);
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        assertThat(Measurement.of("a", List.of(1.0, 2.0, 4.0, 100.0)).median()).isEqualTo(3.0);
    }

    @Test
    void aQuantileHasItsShareOfTheValuesBelowIt() {
        var hundred = IntStream.rangeClosed(0, 100).mapToObj(Double::valueOf).toList();
        assertThat(Measurement.of("a", hundred).quantile(0.99)).isCloseTo(99, within(1e-9));
    }

    @Test
    void whatFailedHasNoMedian() {
        assertThatThrownBy(() -> Measurement.failed("a", "fell").median()).hasMessageContaining("a has no figures");
    }
}
