package dev.aegis.messaging.internal.relay;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.internal.PostgresqlConnector;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.ChannelRegistar;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.ce.OutgoingCloudEventMetadata;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.ZoneOffset;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes queues the upstreams of outgoing channels of other connectors, as {@code aegis.relay.*} says. A message is removed
 * from its queue when that connector acknowledges it, which is after its broker took it.
 */
@Singleton
public class Relays implements ChannelRegistar {

    private static final Logger LOG = Logger.getLogger(Relays.class);

    private static final String ORIGIN = "/messaging/";

    private final Config config;
    private final PostgresqlConnector connector;
    private final ChannelRegistry channels;
    private final MessageTracing tracing;

    Relays(
            Config config,
            @Connector(PostgresqlMessaging.CONNECTOR) PostgresqlConnector connector,
            ChannelRegistry channels,
            MessageTracing tracing) {
        this.config = config;
        this.connector = connector;
        this.channels = channels;
        this.tracing = tracing;
    }

    /** Whether a CloudEvent of that source is a message that a relay passed on. */
    public static boolean isOrigin(@Nullable URI source) {
        return source != null && source.toString().startsWith(ORIGIN);
    }

    /** The framework calls this before it wires the channels, and so joins each queue with the channel of its name. */
    @Override
    public void initialize() {
        for (var channel : RelayConfig.channels(config)) {
            var relay = new RelayConfig(config, channel);
            LOG.infof("The queue %s is relayed to the channel %s", relay.queue(), channel);
            channels.register(
                    channel,
                    Multi.createFrom().publisher(connector.getPublisher(relay)).map(this::relayed),
                    false);
        }
    }

    /**
     * The message as a CloudEvent, which the connectors of other brokers know how to write. Its extensions are the headers;
     * the trace context travels in each broker's own way.
     */
    private Message<?> relayed(Message<?> message) {
        var origin = message.getMetadata(IncomingPostgresqlMetadata.class).orElseThrow();
        var event = OutgoingCloudEventMetadata.builder()
                .withId(Long.toString(origin.getId()))
                .withSource(URI.create(ORIGIN + origin.getQueue()))
                .withType(origin.getQueue())
                .withTimestamp(origin.getSentAt().atZone(ZoneOffset.UTC))
                .withDataContentType(origin.getContentType());
        origin.getHeaders().forEach((name, value) -> {
            if (!tracing.carries(name)) {
                event.withExtension(name, value);
            }
        });
        return message.addMetadata(event.build());
    }
}
