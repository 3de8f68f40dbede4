package dev.aegis.platform.problem;

import dev.aegis.platform.database.Outages;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;

/** What a failure says of the database. */
enum DatabaseFailure {
    /** It cannot be reached, does not answer in time, or is too busy: the same request may succeed soon. */
    AWAY,
    /** It is there, and refuses the change because of what it holds. */
    CONFLICT,
    /** The failure has nothing to do with it. */
    NONE;

    private static final String UNIQUE = "23505";

    /**
     * What a change at the same time can violate: a reference, a unique key, an exclusion. A value that a check or NOT NULL
     * refuses should have been refused before; that it came to the database is a bug.
     */
    private static final Set<String> CONFLICTS = Set.of("23001", "23503", UNIQUE, "23P01");

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
        return Outages.isOutage(e) ? AWAY : CONFLICTS.contains(e.getSQLState()) ? CONFLICT : NONE;
    }

    /** The schema and the name of the unique constraint that was violated, if one was. */
    static Optional<Constraint> uniqueConstraint(Throwable failure) {
        return exceptions(failure)
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
        return exceptions(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    private static Stream<Throwable> exceptions(Throwable failure) {
        return causes(failure)
                .flatMap(e ->
                        Stream.concat(Stream.of(e), Stream.of(e.getSuppressed()).flatMap(DatabaseFailure::causes)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause).limit(20);
    }
}
