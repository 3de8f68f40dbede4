package dev.aegis.messaging.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theListOfTheTypesHasEachSetting() {
        var parameters = ConnectorSettings.class.getDeclaredConstructors()[0].getParameters();

        assertThat(ConnectorSettings.TYPES.keySet().stream().map(name -> ConnectorSettings.PREFIX + name))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(parameters)
                        .map(parameter ->
                                parameter.getAnnotation(ConfigProperty.class).name())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-24H", "PT0.000000001S", "P36501D"})
    void aRetentionThatIsNoTimeEndsTheStart(Duration retention) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND.multipliedBy(4), SECOND, SECOND, SECOND, retention))
                .withMessage("mp.messaging.connector.aegis-postgresql.dead-letter-retention is 1 ms to 36500 days,"
                        + " but it is " + retention);
    }

    @Test
    void aMetricsIntervalOfZeroIsOffAndANegativeOneEndsTheStart() {
        assertThat(settings(SECOND, SECOND.multipliedBy(4), SECOND, SECOND, Duration.ZERO, SECOND)
                        .metricsInterval())
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND.multipliedBy(4), SECOND, SECOND, SECOND.negated(), SECOND))
                .withMessageContaining("metrics-interval is 0, or 1 ms to 36500 days");
    }

    @Test
    void aHeartbeatThatMayBeLateAtOnceEndsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND, SECOND, SECOND, SECOND, SECOND))
                .withMessageContaining("heartbeat-timeout is at least twice the heartbeat-interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ZERO, SECOND, SECOND, SECOND, SECOND, SECOND))
                .withMessageContaining("heartbeat-interval is 1 ms to");
    }

    @Test
    void aLivenessTimeoutOfNothingEndsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND.multipliedBy(4), Duration.ZERO, SECOND, SECOND, SECOND))
                .withMessageContaining("liveness-timeout is 1 ms to");
    }

    @Test
    void handlersMayBeGivenNoTimeToEndButNoNegativeOne() {
        assertThat(settings(SECOND, SECOND.multipliedBy(4), SECOND, Duration.ZERO, SECOND, SECOND)
                        .shutdownGracePeriod())
                .isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND.multipliedBy(4), SECOND, SECOND.negated(), SECOND, SECOND))
                .withMessageContaining("shutdown-grace-period is 0, or 1 ms to");
    }

    private static ConnectorSettings settings(
            Duration heartbeatInterval,
            Duration heartbeatTimeout,
            Duration livenessTimeout,
            Duration shutdownGracePeriod,
            Duration metricsInterval,
            Duration deadLetterRetention) {
        return new ConnectorSettings(
                Optional.empty(),
                true,
                true,
                heartbeatInterval,
                heartbeatTimeout,
                livenessTimeout,
                shutdownGracePeriod,
                metricsInterval,
                Optional.of(deadLetterRetention));
    }
}
