package dev.aegis.messaging.send;

import dev.aegis.messaging.PostgresqlConnectorOutgoingConfiguration;
import dev.aegis.messaging.store.QueueName;

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

    void checkSize(long size) {
        if (size > maxPayloadSize) {
            throw new IllegalArgumentException("a payload of " + size
                    + " bytes is larger than max-payload-size of channel " + channel + ", which is " + maxPayloadSize);
        }
    }
}
