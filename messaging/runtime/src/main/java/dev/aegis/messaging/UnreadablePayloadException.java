package dev.aegis.messaging;

import java.lang.reflect.Type;

/** A payload is not what the handler takes. Trying again is no use: such a message goes to the dead letters at once. */
public final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** For the connector. */
    public UnreadablePayloadException(String message, Type type, String reason) {
        super(message + " can't be read as " + type.getTypeName() + ": " + reason);
    }
}
