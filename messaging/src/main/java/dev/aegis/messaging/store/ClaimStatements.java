package dev.aegis.messaging.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes messages from a queue, and moves those that came due into it. */
public final class ClaimStatements {

    private static final int PROMOTED_AT_ONCE = 1000;

    // The rows are locked by the inner query, so their ctid holds: the update needs no second walk down the index.
    private static final String CLAIM = """
            UPDATE messaging.message
            SET attempt = attempt + 1, claimed_by = ?, claimed_at = clock_timestamp()
            WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM messaging.message
                WHERE queue = ? AND claimed_by IS NULL
                  AND NOT (SELECT paused FROM messaging.queue WHERE name = ?)
                ORDER BY priority, id LIMIT ?
                FOR UPDATE SKIP LOCKED))
            RETURNING id, priority, attempt, sent_at, content_type, headers, payload, payload_bytes""";

    private static final String PROMOTE = """
            WITH due AS (
                DELETE FROM messaging.delayed_message
                WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM messaging.delayed_message
                    WHERE queue = ? AND due_at <= now()
                    ORDER BY due_at, id LIMIT ?
                    FOR UPDATE SKIP LOCKED))
                RETURNING *),
            moved AS (
                INSERT INTO messaging.message
                    (id, sent_at, priority, attempt, queue, content_type, headers, payload, payload_bytes)
                SELECT id, sent_at, priority, attempt, queue, content_type, headers, payload, payload_bytes FROM due
                RETURNING 1)
            SELECT (SELECT count(*) FROM moved),
                   (SELECT extract(epoch FROM min(due_at) - now()) * 1000
                    FROM messaging.delayed_message WHERE queue = ? AND due_at > now())""";

    private static final Comparator<ClaimedMessage> IN_ORDER = Comparator.<ClaimedMessage>comparingInt(
                    message -> message.claim().priority())
            .thenComparingLong(message -> message.claim().id());

    private ClaimStatements() {}

    /** What moving the due messages did: how many moved, and how long until the next one is due, if one waits. */
    public record Promotion(int moved, @Nullable Duration nextDueIn) {}

    /** Claims up to {@code most} messages, in the order in which they shall be handled. */
    public static List<ClaimedMessage> claim(Connection connection, String queue, long consumer, int most)
            throws SQLException {
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setLong(1, consumer);
            claim.setString(2, queue);
            claim.setString(3, queue);
            claim.setInt(4, most);
            var claimed = new ArrayList<ClaimedMessage>();
            try (var rows = claim.executeQuery()) {
                while (rows.next()) {
                    claimed.add(read(rows, queue, consumer));
                }
            }
            claimed.sort(IN_ORDER);
            return claimed;
        }
    }

    private static ClaimedMessage read(ResultSet row, String queue, long consumer) throws SQLException {
        var claim = new Claim(queue, row.getInt(2), row.getLong(1), row.getInt(3), consumer);
        return new ClaimedMessage(
                claim,
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getBytes(8));
    }

    /** Moves delayed messages that are due to the waiting ones. */
    public static Promotion promote(Connection connection, String queue) throws SQLException {
        try (var promote = connection.prepareStatement(PROMOTE)) {
            promote.setString(1, queue);
            promote.setInt(2, PROMOTED_AT_ONCE);
            promote.setString(3, queue);
            try (var row = promote.executeQuery()) {
                row.next();
                var moved = row.getInt(1);
                var millis = row.getLong(2);
                return new Promotion(moved, row.wasNull() ? null : Duration.ofMillis(millis + 1));
            }
        }
    }
}
