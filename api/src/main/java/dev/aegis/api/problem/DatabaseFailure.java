package dev.aegis.api.problem;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failure says of the database. */
enum DatabaseFailure {
    /** It cannot be reached, does not answer in time, or is too busy: the same request may succeed soon. */
    AWAY,
    /** It is there, and refuses the change because of what it holds. */
    CONFLICT,
    /** The failure has nothing to do with it. */
    NONE;

    static DatabaseFailure of(Throwable failure) {
        return causes(failure).anyMatch(OptimisticLockException.class::isInstance)
                ? CONFLICT // what was to be changed is gone
                : sql(failure).map(DatabaseFailure::of).orElse(NONE);
    }

    /** In one line, for the log. */
    static String reason(Throwable failure) {
        return sql(failure)
                .flatMap(e -> Optional.ofNullable(e.getMessage()))
                .orElse(failure.toString())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static DatabaseFailure of(SQLException e) {
        var state = e.getSQLState();
        if (state == null) {
            return AWAY; // the pool has no connection to give
        }
        return switch (state.substring(0, 2)) {
            case "23" -> CONFLICT; // a constraint
            case "08", // no connection
                    "25", // read-only, while another server takes over
                    "40", // a deadlock
                    "53", // too many connections, no space
                    "55", // a lock is not to be had in time
                    "57" -> AWAY; // shutting down, starting up, or the statement took too long
            default -> NONE;
        };
    }

    private static Optional<SQLException> sql(Throwable failure) {
        return causes(failure)
                .flatMap(e ->
                        Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()).flatMap(DatabaseFailure::causes)))
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(20);
    }
}
