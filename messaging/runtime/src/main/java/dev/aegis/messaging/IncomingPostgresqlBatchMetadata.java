package dev.aegis.messaging;

import java.util.List;

/** What is known of the messages of a received batch, in the order of their payloads. */
public final class IncomingPostgresqlBatchMetadata {

    private final List<IncomingPostgresqlMetadata> messages;

    /** For the connector. */
    public IncomingPostgresqlBatchMetadata(List<IncomingPostgresqlMetadata> messages) {
        this.messages = messages;
    }

    /** The metadata of each message; the first belongs to the first payload. */
    public List<IncomingPostgresqlMetadata> getMessages() {
        return messages;
    }
}
