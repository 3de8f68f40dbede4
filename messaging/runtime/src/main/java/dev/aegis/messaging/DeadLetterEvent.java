package dev.aegis.messaging;

import java.util.Map;

/**
 * A message was moved to the dead letters. Fired as a CDI event in the transaction that moves it: what an observer
 * writes is committed together with the move, and an observer that throws undoes both. The move is then tried again a few times,
 * and at last made without the observers.
 *
 * <p>Fired in one process only: the one that gives the message up, which consumes its queue.
 */
public final class DeadLetterEvent {

    private final String queue;
    private final long messageId;
    private final int attempts;
    private final String error;
    private final Map<String, String> headers;
    private final PayloadReader payload;

    /** Reads the payload of a message. For the connector. */
    @FunctionalInterface
    public interface PayloadReader {

        /** @throws UnreadablePayloadException when it can't be read as {@code type} */
        Object read(Class<?> type);
    }

    /** For the connector. */
    public DeadLetterEvent(
            String queue,
            long messageId,
            int attempts,
            String error,
            Map<String, String> headers,
            PayloadReader payload) {
        this.queue = queue;
        this.messageId = messageId;
        this.attempts = attempts;
        this.error = error;
        this.headers = headers;
        this.payload = payload;
    }

    public String queue() {
        return queue;
    }

    /** The id of the message; the dead letter has the same. */
    public long messageId() {
        return messageId;
    }

    /** How often it was tried, 1 or more. */
    public int attempts() {
        return attempts;
    }

    /** Why it was given up, in one line. */
    public String error() {
        return error;
    }

    /** The headers that the sender attached, and the trace context. Empty if there are none. */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The payload, as a handler that takes that type would be given it: text for {@code String}, bytes for {@code byte[]}, and
     * read from its JSON for any other type.
     *
     * @throws UnreadablePayloadException when it is missing, not JSON of that type, or JSON's null, and when it is large and
     *     was given up without being read
     */
    public <T> T payload(Class<T> type) {
        return type.cast(payload.read(type));
    }

    @Override
    public String toString() {
        return "message " + messageId + " of queue " + queue + ", given up after " + attempts + " attempts: " + error;
    }
}
