package dev.aegis.messaging.internal.send;

/**
 * The settings of an outgoing channel, checked.
 *
 * @param destination a queue, or a topic whose subscribed queues get a copy each
 */
public record OutgoingSettings(String channel, String destination, boolean fansOut, int maxPayloadSize) {

    public OutgoingSettings {
        if (maxPayloadSize < 1) {
            throw new IllegalArgumentException("max-payload-size is 1 or more, not " + maxPayloadSize);
        }
    }
}
