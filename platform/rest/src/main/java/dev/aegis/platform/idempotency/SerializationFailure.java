package dev.aegis.platform.idempotency;

import java.sql.SQLException;
import java.util.stream.Stream;

/** That the database gave up a transaction for another one, so that the same may succeed at once. */
final class SerializationFailure {
    private SerializationFailure() {}

    /** The transaction manager hides the reason of a failed commit among what is suppressed. */
    static boolean isIn(Throwable failure) {
        return causes(failure)
                .flatMap(e ->
                        Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()).flatMap(SerializationFailure::causes)))
                .anyMatch(e -> e instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().startsWith("40"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(20);
    }
}
