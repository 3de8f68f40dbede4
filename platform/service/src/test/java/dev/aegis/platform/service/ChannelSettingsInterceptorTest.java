package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChannelSettingsInterceptorTest {

    @Test
    void aSettingOfAChannelThatTheServiceHasIsKept() {
        assertThat(names(
                        Map.of("mp.messaging.incoming.inspections.connector", "aegis-postgresql"),
                        Map.of("MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY", "4")))
                .contains("mp.messaging.incoming.inspections.concurrency");
    }

    @Test
    void aSettingOfTheEnvironmentForAChannelOfAnotherServiceIsLeftOut() {
        assertThat(names(
                        Map.of("mp.messaging.outgoing.inspections.connector", "aegis-postgresql"),
                        Map.of(
                                "MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY", "4",
                                "MP_MESSAGING_INCOMING_INSPECTIONS_MAX_ATTEMPTS", "2",
                                "MP_MESSAGING_OUTGOING_REPORTS_QUEUE", "other",
                                "mp.messaging.incoming.\"two.words\".concurrency", "4")))
                .contains("mp.messaging.outgoing.inspections.connector")
                .noneMatch(name -> name.startsWith("mp.messaging.incoming."))
                .noneMatch(name -> name.startsWith("mp.messaging.outgoing.reports"));
    }

    @Test
    void theEnvironmentMayGiveAChannelItsConnector() {
        assertThat(names(
                        Map.of(),
                        Map.of(
                                "MP_MESSAGING_INCOMING_INSPECTIONS_CONNECTOR", "smallrye-kafka",
                                "MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY", "4")))
                .contains(
                        "mp.messaging.incoming.inspections.connector", "mp.messaging.incoming.inspections.concurrency");
    }

    @Test
    void aMistakeInTheServicesOwnFileIsNotHidden() {
        assertThat(names(Map.of("mp.messaging.incoming.inspectoins.concurrency", "4"), Map.of()))
                .contains("mp.messaging.incoming.inspectoins.concurrency");
    }

    private static Set<String> names(Map<String, String> application, Map<String, String> environment) {
        var names = new TreeSet<String>();
        new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(application, "application.properties", 250),
                        new EnvConfigSource(environment, 300))
                .withInterceptors(new ChannelSettingsInterceptor())
                .build()
                .getPropertyNames()
                .forEach(names::add);
        return names;
    }
}
