package dev.aegis.messaging.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class RelayConfigTest {

    private static final Map<String, String> ORDERS = Map.of(
            "aegis.relay.orders-out.queue", "orders", "mp.messaging.outgoing.orders-out.connector", "smallrye-amqp");

    @Test
    void eachChannelThatIsRelayedToIsFound() {
        assertThat(RelayConfig.channels(config(Map.of(
                        "aegis.relay.orders-out.queue", "orders",
                        "aegis.relay.orders-out.max-attempts", "3",
                        "aegis.relay.bills-out.queue", "bills",
                        "aegis.relay", "on",
                        "aegis.relays.x.queue", "x"))))
                .containsExactly("bills-out", "orders-out");
    }

    @Test
    void aRelayHasTheSettingsOfAChannelThatWaitsLongForItsBroker() {
        var relay = new RelayConfig(config(ORDERS), "orders-out");

        assertThat(relay.queue()).isEqualTo("orders");
        assertThat(relay.getValue("channel-name", String.class)).isEqualTo("orders-out");
        assertThat(relay.getValue("max-attempts", Integer.class)).isEqualTo(1000);
        assertThat(relay.getOptionalValue("handler-timeout", Duration.class)).contains(Duration.ofMinutes(5));
        assertThat(relay.getOptionalValue("poll-interval", Duration.class)).isEmpty();
    }

    @Test
    void aSettingOfTheRelayOrOfTheConnectorIsStrongerThanTheDefault() {
        var relay = new RelayConfig(
                config(
                        ORDERS,
                        Map.of(
                                "aegis.relay.orders-out.max-attempts", "3",
                                "mp.messaging.connector.aegis-postgresql.handler-timeout", "PT1S")),
                "orders-out");

        assertThat(relay.getValue("max-attempts", Integer.class)).isEqualTo(3);
        assertThat(relay.getValue("handler-timeout", Duration.class)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aRelayWithoutAQueueIsRefused() {
        assertThatThrownBy(
                        () -> new RelayConfig(config(Map.of("aegis.relay.orders-out.max-attempts", "3")), "orders-out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the relay to the channel orders-out needs aegis.relay.orders-out.queue");
    }

    @Test
    void aRelayToAChannelWithoutAConnectorIsRefused() {
        assertThatThrownBy(
                        () -> new RelayConfig(config(Map.of("aegis.relay.orders-out.queue", "orders")), "orders-out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("needs mp.messaging.outgoing.orders-out.connector");
    }

    @SafeVarargs
    private static Config config(Map<String, String>... settings) {
        var builder = new SmallRyeConfigBuilder();
        for (var some : settings) {
            builder.withDefaultValues(some);
        }
        return builder.build();
    }
}
