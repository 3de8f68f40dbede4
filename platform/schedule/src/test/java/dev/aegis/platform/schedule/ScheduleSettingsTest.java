package dev.aegis.platform.schedule;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.PROCEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.common.runtime.SyntheticScheduled;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleSettingsTest {

    private static final String CRON = "aegis.schedule.inspect-overdue.cron";
    private static final String ZONE = "aegis.schedule.time-zone";

    @Test
    void aScheduleIsDueAsItsSettingSays() {
        assertThat(inspectOverdue(Map.of(CRON, "0 */5 * * * ?", ZONE, "Europe/Vienna")))
                .hasValueSatisfying(times -> assertThat(times).hasToString("0 */5 * * * ? Europe/Vienna"));
    }

    @Test
    void aScheduleWithoutASettingIsDueAsItSays() {
        assertThat(cronOf("0 0 * * * ?", "Europe/Vienna", source(Map.of())))
                .hasValueSatisfying(times -> assertThat(times).hasToString("0 0 * * * ? Europe/Vienna"));
    }

    @Test
    void theEnvironmentNamesTheSettingInCapitals() {
        var environment = new EnvConfigSource(
                Map.of("AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", "0 0 * * * ?", "AEGIS_SCHEDULE_TIME_ZONE", "UTC"), 300);

        assertThat(inspectOverdue(environment))
                .hasValueSatisfying(times -> assertThat(times).hasToString("0 0 * * * ? UTC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "OFF", "disabled"})
    void offSwitchesAScheduleOff(String off) {
        assertThat(inspectOverdue(Map.of(CRON, off, ZONE, "UTC"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"each minute", "* * * * *", "0 61 * * * ?"})
    void aWrongExpressionIsRefusedWithTheSettingThatHoldsIt(String wrong) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> inspectOverdue(Map.of(CRON, wrong, ZONE, "UTC")))
                .withMessageContainingAll(CRON, "AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", '"' + wrong + '"');
    }

    @Test
    void aScheduleWhoseSettingIsMissingIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> inspectOverdue(Map.of(ZONE, "UTC")))
                .withMessageContaining(CRON);
    }

    @Test
    void aWrongTimeZoneIsRefusedWithTheSettingThatHoldsIt() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> inspectOverdue(Map.of(CRON, "0 * * * * ?", ZONE, "Europe/Atlantis")))
                .withMessageContainingAll(ZONE, "AEGIS_SCHEDULE_TIME_ZONE", "\"Europe/Atlantis\"");
    }

    private static Optional<CronSchedule> inspectOverdue(Map<String, String> settings) {
        return inspectOverdue(source(settings));
    }

    private static Optional<CronSchedule> inspectOverdue(ConfigSource source) {
        return cronOf('{' + CRON + '}', '{' + ZONE + '}', source);
    }

    private static ConfigSource source(Map<String, String> settings) {
        return new PropertiesConfigSource(settings, "test", 100);
    }

    /** Quarkus reads the settings of the application that the class loader of the thread belongs to. */
    private static Optional<CronSchedule> cronOf(String cron, String zone, ConfigSource source) {
        var thread = Thread.currentThread();
        var others = thread.getContextClassLoader();
        var application = new URLClassLoader(new URL[0], others);
        var config = new SmallRyeConfigBuilder().withSources(source).build();
        ConfigProviderResolver.instance().registerConfig(config, application);
        thread.setContextClassLoader(application);
        try {
            return ScheduleSettings.cronOf(new SyntheticScheduled(
                    "test", cron, "", 0, TimeUnit.MINUTES, "", "", PROCEED, null, zone, Scheduled.AUTO, ""));
        } finally {
            thread.setContextClassLoader(others);
            ConfigProviderResolver.instance().releaseConfig(config);
        }
    }
}
