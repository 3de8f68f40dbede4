package dev.aegis.messaging.send;

import dev.aegis.messaging.PostgresqlConnectorOutgoingConfiguration;
import dev.aegis.messaging.store.QueueName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an outgoing channel, checked.
 *
 * @param destination a queue, or an address whose bound queues get a copy each
 */
public record OutboundSettings(String channel, String destination, boolean fansOut, int maxPayloadSize) {

    public static OutboundSettings of(PostgresqlConnectorOutgoingConfiguration config) {
        var channel = config.getChannel();
        try {
            if (config.getAddress().isPresent() && config.getQueue().isPresent()) {
                throw new IllegalArgumentException("it sends to a queue or to an address, not to both");
            }
            if (config.getMaxPayloadSize() < 1) {
                throw new IllegalArgumentException("max-payload-size is 1 or more, not " + config.getMaxPayloadSize());
            }
            return new OutboundSettings(
                    channel,
                    config.getAddress()
                            .map(QueueName::checkedAddress)
                            .orElseGet(() -> QueueName.checked(config.getQueue().orElse(channel))),
                    config.getAddress().isPresent(),
                    config.getMaxPayloadSize());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix(config) + ": " + e.getMessage(), e);
        }
    }

    /** What the settings of a channel begin with. */
    public static String prefix(PostgresqlConnectorOutgoingConfiguration config) {
        return "mp.messaging.outgoing." + config.getChannel();
    }

    void checkSize(@Nullable String text, byte @Nullable [] bytes) {
        var size = bytes == null ? size(text == null ? "" : text) : bytes.length;
        if (size > maxPayloadSize) {
            throw new IllegalArgumentException("a payload of " + size
                    + " bytes is larger than max-payload-size of channel " + channel + ", which is " + maxPayloadSize);
        }
    }

    /** The bytes of {@code text} in UTF-8; counted only where its length alone does not settle the question. */
    private int size(String text) {
        return text.length() <= maxPayloadSize / 3 ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
