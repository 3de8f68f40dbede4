package dev.aegis.messaging;

import java.lang.reflect.Type;

/**
 * A payload is not what the handler takes. A retry would not help: the message goes to the dead letters at once, unless
 * the failure strategy drops it.
 */
public final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the connector. */
    public UnreadablePayloadException(String message, Type type, String reason) {
        super(message + " can't be read as " + type.getTypeName() + ": " + reason);
    }
}
