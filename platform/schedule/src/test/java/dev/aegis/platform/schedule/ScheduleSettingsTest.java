package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleSettingsTest {

    private static final String CRON = "aegis.schedule.inspect-overdue.cron";

    @Test
    void aScheduleIsDueAsItsSettingSays() {
        var settings = new ScheduleSettings(config(Map.of(CRON, "0 */5 * * * ?")), "Europe/Vienna");

        assertThat(settings.timesOf("inspect-overdue"))
                .hasValueSatisfying(times -> assertThat(times).hasToString("0 */5 * * * ? Europe/Vienna"));
    }

    @Test
    void theEnvironmentNamesTheSettingInCapitals() {
        var environment = new EnvConfigSource(Map.of("AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", "0 0 * * * ?"), 300);
        var config = new SmallRyeConfigBuilder().withSources(environment).build();

        assertThat(new ScheduleSettings(config, "UTC").timesOf("inspect-overdue"))
                .hasValueSatisfying(times -> assertThat(times.cron()).isEqualTo("0 0 * * * ?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", " off "})
    void offSwitchesAScheduleOff(String off) {
        var settings = new ScheduleSettings(config(Map.of(CRON, off)), "UTC");

        assertThat(settings.timesOf("inspect-overdue")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"each minute", "* * * * *", "0 61 * * * ?"})
    void aWrongExpressionIsRefusedWithTheSettingThatHoldsIt(String wrong) {
        var settings = new ScheduleSettings(config(Map.of(CRON, wrong)), "UTC");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.timesOf("inspect-overdue"))
                .withMessageContainingAll(CRON, "AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", '"' + wrong + '"');
    }

    @Test
    void aScheduleWithoutASettingIsRefused() {
        var settings = new ScheduleSettings(config(Map.of()), "UTC");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> settings.timesOf("inspect-overdue"))
                .withMessageContaining(CRON);
    }

    @Test
    void aWrongTimeZoneIsRefusedWithTheSettingThatHoldsIt() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new ScheduleSettings(config(Map.of()), "Europe/Atlantis"))
                .withMessageContainingAll(
                        "aegis.schedule.time-zone", "AEGIS_SCHEDULE_TIME_ZONE", "\"Europe/Atlantis\"");
    }

    private static Config config(Map<String, String> values) {
        return new SmallRyeConfigBuilder().withDefaultValues(values).build();
    }
}
