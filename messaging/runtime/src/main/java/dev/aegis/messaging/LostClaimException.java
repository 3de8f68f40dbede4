package dev.aegis.messaging;

/**
 * The message was taken from this consumer while its handler ran, because the consumer was silent for too long. Thrown
 * at the end of a transactional handler, so that its writes are rolled back: another consumer handles the message.
 */
public final class LostClaimException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the connector. */
    public LostClaimException(long messageId, String queue) {
        super("the claim of message " + messageId + " of queue " + queue + " was lost");
    }
}
