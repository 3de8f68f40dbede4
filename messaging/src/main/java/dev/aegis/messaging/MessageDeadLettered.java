package dev.aegis.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.store.ClaimedMessage;
import java.util.Map;

/**
 * A message was moved to the dead letters. Fired as a CDI event in the transaction that moves it: what an observer
 * writes is committed together with the move, and an observer that throws undoes both. The move is then tried again a few times,
 * and at last made without the observers.
 *
 * <p>A process hears of the dead letters of the queues that it consumes itself.
 */
public final class MessageDeadLettered {

    private final ClaimedMessage message;
    private final int attempts;
    private final String error;
    private final ObjectMapper json;

    /** For the connector. */
    public MessageDeadLettered(ClaimedMessage message, int attempts, String error, ObjectMapper json) {
        this.message = message;
        this.attempts = attempts;
        this.error = error;
        this.json = json;
    }

    public String queue() {
        return message.claim().queue();
    }

    /** The id of the message; the dead letter has the same. */
    public long messageId() {
        return message.claim().id();
    }

    /** How often it was tried, 1 or more. */
    public int attempts() {
        return attempts;
    }

    /** Why it was given up, in one line. */
    public String error() {
        return error;
    }

    /** What the sender attached. Empty when nothing. */
    public Map<String, String> headers() {
        return Headers.parse(message.headers());
    }

    /**
     * The payload, as a handler that takes that type would be given it: text for {@code String}, bytes for {@code byte[]}, and
     * read from its JSON for any other type.
     *
     * @throws UnreadablePayloadException when it is missing, not JSON of that type, or JSON's null, and when it is large and
     *     was given up without being read
     */
    public <T> T payload(Class<T> type) {
        return type.cast(Payloads.read(Payloads.reader(json, type), message));
    }

    @Override
    public String toString() {
        return "message " + messageId() + " of queue " + queue() + ", given up after " + attempts + " attempts: "
                + error;
    }
}
