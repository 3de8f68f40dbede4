package dev.aegis.messaging.internal.relay;

import dev.aegis.messaging.PostgresqlMessaging;
import io.smallrye.reactive.messaging.providers.impl.ConnectorConfig;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/**
 * The settings of one relay, {@code aegis.relay.<outgoing channel>.*}: those of an incoming channel, with defaults that fit
 * a broker that may be away for long.
 */
final class RelayConfig extends ConnectorConfig {

    static final String PREFIX = "aegis.relay.";

    private static final String QUEUE = "queue";

    private static final Map<String, String> DEFAULTS =
            Map.of("max-attempts", "1000", "retry.max-delay", "PT1M", "handler-timeout", "PT5M");

    RelayConfig(Config all, String channel) {
        super(PREFIX, all, PostgresqlMessaging.CONNECTOR, channel);
        require(all, PREFIX + channel + "." + QUEUE, channel);
        require(all, ConnectorFactory.OUTGOING_PREFIX + channel + "." + ConnectorFactory.CONNECTOR_ATTRIBUTE, channel);
    }

    private static void require(Config all, String setting, String channel) {
        if (all.getOptionalValue(setting, String.class).isEmpty()) {
            throw new IllegalArgumentException("the relay to the channel " + channel + " needs " + setting);
        }
    }

    /** The outgoing channels that queues are relayed to. */
    static Set<String> channels(Config all) {
        var channels = new TreeSet<String>();
        for (var name : all.getPropertyNames()) {
            if (name.startsWith(PREFIX) && name.indexOf('.', PREFIX.length()) > 0) {
                channels.add(name.substring(PREFIX.length(), name.indexOf('.', PREFIX.length())));
            }
        }
        return channels;
    }

    String queue() {
        return getValue(QUEUE, String.class);
    }

    @Override
    public <T> T getValue(String setting, Class<T> type) {
        return getOptionalValue(setting, type).orElseThrow(() -> new NoSuchElementException(channelKey(setting)));
    }

    @Override
    public <T> Optional<T> getOptionalValue(String setting, Class<T> type) {
        var set = super.getOptionalValue(setting, type);
        var unless = DEFAULTS.get(setting);
        return set.isPresent() || unless == null ? set : convertOptional(unless, type);
    }
}
