package dev.aegis.platform.database;

import org.jspecify.annotations.Nullable;

/** The schema is not what the service needs, and waiting will not help. The message needs no stack trace. */
final class SchemaException extends RuntimeException {
    SchemaException(String message) {
        this(message, null);
    }

    SchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
