package dev.aegis.messaging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a received message besides its payload. */
public final class IncomingPostgresqlMetadata {

    private final long id;
    private final String queue;
    private final int priority;
    private final int attempt;
    private final Instant sentAt;
    private final String contentType;
    private final @Nullable String orderingKey;
    private final Map<String, String> headers;

    /** For the connector. */
    public IncomingPostgresqlMetadata(
            long id,
            String queue,
            int priority,
            int attempt,
            Instant sentAt,
            String contentType,
            @Nullable String orderingKey,
            Map<String, String> headers) {
        this.id = id;
        this.queue = queue;
        this.priority = priority;
        this.attempt = attempt;
        this.sentAt = sentAt;
        this.contentType = contentType;
        this.orderingKey = orderingKey;
        this.headers = headers;
    }

    /** The id, which rises in the order of sending and stays the same through all attempts. */
    public long getId() {
        return id;
    }

    public String getQueue() {
        return queue;
    }

    /** The priority; lower is handled first, 0 unless the sender chose another. */
    public int getPriority() {
        return priority;
    }

    /** Which attempt this is: 1 at the first. */
    public int getAttempt() {
        return attempt;
    }

    /** When it was sent, by the clock of the database. */
    public Instant getSentAt() {
        return sentAt;
    }

    /** The media type of the payload, such as {@code application/json}. */
    public String getContentType() {
        return contentType;
    }

    /** The ordering key; null when the sender gave none. */
    public @Nullable String getOrderingKey() {
        return orderingKey;
    }

    /** What the sender attached, and the trace context. Empty when nothing. */
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public String toString() {
        return "message " + id + " of queue " + queue + ", attempt " + attempt;
    }
}
