package dev.aegis.messaging.internal.send;

import static org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory.CONNECTOR_ATTRIBUTE;
import static org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory.OUTGOING_PREFIX;

import dev.aegis.messaging.PostgresqlMessaging;
import io.smallrye.reactive.messaging.providers.impl.ConnectorConfig;
import org.eclipse.microprofile.config.Config;

/** Where the messages of an emitter go. */
enum Destination {
    THIS_CONNECTOR,
    ANOTHER_CONNECTOR,
    /** A method of the application, which may pass them on. */
    APPLICATION;

    static Destination of(String channel, Config config) {
        var prefix = ConnectorConfig.channelPrefix(OUTGOING_PREFIX, channel);
        var isEnabled = config.getOptionalValue(prefix + ConnectorConfig.CHANNEL_ENABLED_PROPERTY, Boolean.class);
        return config.getOptionalValue(prefix + CONNECTOR_ATTRIBUTE, String.class)
                .filter(connector -> isEnabled.orElse(true))
                .map(connector -> connector.equals(PostgresqlMessaging.CONNECTOR) ? THIS_CONNECTOR : ANOTHER_CONNECTOR)
                .orElse(APPLICATION);
    }
}
