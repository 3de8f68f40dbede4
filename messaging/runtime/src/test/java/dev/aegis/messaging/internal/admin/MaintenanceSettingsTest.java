package dev.aegis.messaging.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaintenanceSettingsTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void aRetentionThatIsNoTimeEndsTheStart() {
        for (var retention : new Duration[] {Duration.ZERO, Duration.ofDays(-1), Duration.ofNanos(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MaintenanceSettings(TEN_SECONDS, Optional.of(retention)))
                    .withMessage("mp.messaging.connector.aegis-postgresql.dead-letter-retention is 1 ms to 36500 days,"
                            + " but it is " + retention);
        }
    }

    @Test
    void aMetricsIntervalOfZeroIsOffAndANegativeOneEndsTheStart() {
        assertThat(new MaintenanceSettings(Duration.ZERO, Optional.empty()).metricsInterval())
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaintenanceSettings(Duration.ofSeconds(-1), Optional.empty()))
                .withMessageContaining("metrics-interval is 0 (off), or 1 ms to 36500 days");
    }
}
