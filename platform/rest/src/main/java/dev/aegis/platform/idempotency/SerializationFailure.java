package dev.aegis.platform.idempotency;

import dev.aegis.platform.database.Causes;
import java.sql.SQLException;

/** Recognizes a serialization failure or a deadlock, after which the same transaction may succeed at once. */
final class SerializationFailure {
    private SerializationFailure() {}

    static boolean isIn(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(e -> e instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().startsWith("40"));
    }
}
