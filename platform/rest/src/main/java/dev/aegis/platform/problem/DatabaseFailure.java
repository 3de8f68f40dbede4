package dev.aegis.platform.problem;

import dev.aegis.platform.database.Causes;
import dev.aegis.platform.database.TransientFailures;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/** What a failure says about the database. */
enum DatabaseFailure {
    /** The database cannot be reached, does not respond in time, or is too busy: the same request may succeed soon. */
    UNAVAILABLE,
    /** The database rejects the change because of the data that it has. */
    CONFLICT,
    /** The failure has nothing to do with the database. */
    NONE;

    private static final String UNIQUE = "23505";

    /**
     * What a concurrent change can violate: a reference, a unique key, an exclusion. A value that violates a check or NOT NULL
     * should have been rejected earlier: it is a bug.
     */
    private static final Set<String> CONFLICTS = Set.of("23001", "23503", UNIQUE, "23P01");

    static DatabaseFailure of(Throwable failure) {
        return Causes.of(failure).anyMatch(OptimisticLockException.class::isInstance)
                ? CONFLICT // the row is gone
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
        return TransientFailures.isTransient(e) ? UNAVAILABLE : CONFLICTS.contains(e.getSQLState()) ? CONFLICT : NONE;
    }

    /** The schema and the name of the unique constraint that was violated, if one was. */
    static Optional<Constraint> uniqueConstraint(Throwable failure) {
        return Causes.of(failure)
                .filter(PSQLException.class::isInstance)
                .map(PSQLException.class::cast)
                .filter(e -> UNIQUE.equals(e.getSQLState()))
                .flatMap(e -> Stream.ofNullable(e.getServerErrorMessage()))
                .filter(message -> message.getSchema() != null && message.getConstraint() != null)
                .map(message ->
                        new Constraint(String.valueOf(message.getSchema()), String.valueOf(message.getConstraint())))
                .findFirst();
    }

    record Constraint(String schema, String name) {}

    private static Optional<SQLException> sql(Throwable failure) {
        return Causes.of(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }
}
