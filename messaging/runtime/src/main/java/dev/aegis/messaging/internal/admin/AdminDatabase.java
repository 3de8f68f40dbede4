package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** Runs a statement in the transaction of the caller, or alone when there is none. */
@Singleton
class AdminDatabase {

    private static final String UNDEFINED_OBJECT = "42704";
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final ConnectorDatabase database;

    AdminDatabase(ConnectorDatabase database) {
        this.database = database;
    }

    <T> T run(ConnectorDatabase.Work<T> work) {
        if (!Infrastructure.canCallerThreadBeBlocked()) {
            throw new IllegalStateException(
                    "queues are controlled from a thread that may block, not from an event loop");
        }
        try (var connection = database.application().getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            if (UNDEFINED_OBJECT.equals(e.getSQLState()) || INVALID_PARAMETER_VALUE.equals(e.getSQLState())) {
                throw new IllegalArgumentException(message(e), e);
            }
            throw new IllegalStateException("the database refused: " + e.getMessage(), e);
        }
    }

    private static String message(SQLException e) {
        var answer = e instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
        return answer == null || answer.getMessage() == null ? String.valueOf(e.getMessage()) : answer.getMessage();
    }
}
