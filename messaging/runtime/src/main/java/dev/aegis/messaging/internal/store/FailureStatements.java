package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends claims of messages whose handling failed. Each statement is fenced: it does nothing for a claim that was lost. */
public final class FailureStatements {

    private static final String RETRY = "WITH failed AS (" + SettleStatements.DELETE_ONE + """
               RETURNING *)
            INSERT INTO messaging.delayed_message
                (id, due_at, sent_at, expires_at, priority, attempt, queue, ordering_key, content_type, headers, payload,
                 payload_bytes, last_error)
            SELECT id, clock_timestamp() + ? * interval '1 millisecond', sent_at, expires_at, priority, attempt, queue,
                   ordering_key, content_type, headers, payload, payload_bytes, ?
            FROM failed""";

    private static final String DEAD_LETTER = "WITH dead AS (" + SettleStatements.DELETE_ONE + """
               RETURNING *)
            INSERT INTO messaging.dead_letter
                (id, sent_at, priority, attempts, queue, ordering_key, content_type, headers, payload, payload_bytes,
                 error, stack_trace)
            SELECT id, sent_at, priority, ?, queue, ordering_key, content_type, headers, payload, payload_bytes, ?, ?
            FROM dead
            ON CONFLICT (id) DO UPDATE SET
                died_at = excluded.died_at, sent_at = excluded.sent_at, priority = excluded.priority,
                attempts = excluded.attempts, queue = excluded.queue, ordering_key = excluded.ordering_key,
                content_type = excluded.content_type,
                headers = excluded.headers, payload = excluded.payload, payload_bytes = excluded.payload_bytes,
                error = excluded.error, stack_trace = excluded.stack_trace""";

    private FailureStatements() {}

    /** Puts a failed message back for a later attempt. False when the claim was lost. */
    public static boolean retry(Connection connection, Claim claim, Duration delay, String error) throws SQLException {
        try (var retry = connection.prepareStatement(RETRY)) {
            SettleStatements.setClaim(retry, claim);
            retry.setLong(5, claim.id());
            retry.setLong(6, delay.toMillis());
            retry.setString(7, error);
            return retry.executeUpdate() == 1;
        }
    }

    /** Moves a message to the dead letters, in the caller's transaction. False when the claim was lost. */
    public static boolean deadLetter(
            Connection connection, Claim claim, int attempts, String error, @Nullable String stackTrace)
            throws SQLException {
        var group = claim.orderingGroup();
        if (group == null) {
            return deadLetterOne(connection, claim, attempts, error, stackTrace);
        }
        KeyStatements.lock(connection, List.of(group));
        var moved = deadLetterOne(connection, claim, attempts, error, stackTrace);
        KeyStatements.unblockNext(connection, List.of(group));
        return moved;
    }

    private static boolean deadLetterOne(
            Connection connection, Claim claim, int attempts, String error, @Nullable String stackTrace)
            throws SQLException {
        try (var insert = connection.prepareStatement(DEAD_LETTER)) {
            SettleStatements.setClaim(insert, claim);
            insert.setLong(5, claim.id());
            insert.setInt(6, attempts);
            insert.setString(7, error);
            insert.setString(8, stackTrace);
            return insert.executeUpdate() == 1;
        }
    }
}
