package dev.aegis.messaging.internal.store;

import static dev.aegis.messaging.internal.store.ConnectorDatabase.DURABLY;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes messages from a queue, and moves those that came due into it. */
public final class ClaimStatements {

    private static final int PROMOTED_AT_ONCE = 1000;

    /** From how many bytes on a payload is not taken with its message, but loaded when there is room for it. */
    private static final int LARGE = 16_384;

    /** A century: longer than any process lives, and short enough for the clock that counts nanoseconds. */
    private static final double LONGEST_LIFE_SECONDS = 100 * 365.25 * 24 * 3600;

    // The rows are locked by the inner query, so their ctid holds: the update needs no second walk down the index.
    private static final String CLAIM = String.format(Locale.ROOT, """
            UPDATE messaging.message
            SET attempt = attempt + 1, claimed_by = ?, claimed_at = clock_timestamp()
            WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM messaging.message
                WHERE queue = ? AND claimed_by IS NULL AND (priority, id) > (?, ?)
                  AND NOT (SELECT paused FROM messaging.queue WHERE name = ?)
                ORDER BY priority, id LIMIT ?
                FOR UPDATE SKIP LOCKED))
            RETURNING id, priority, attempt, sent_at, content_type, headers,
                      CASE WHEN octet_length(payload) <= %1$d THEN payload END,
                      CASE WHEN octet_length(payload_bytes) <= %1$d THEN payload_bytes END,
                      coalesce(octet_length(payload), octet_length(payload_bytes)),
                      date_part('epoch', expires_at) - date_part('epoch', clock_timestamp()), unique_key, ordering_key,
                      date_part('epoch', clock_timestamp()) - date_part('epoch', sent_at)""", LARGE);

    private static final String LOAD = """
            SELECT payload, payload_bytes FROM messaging.message
            WHERE queue = ? AND priority = ? AND id = ? AND attempt = ? AND claimed_by = ?""";

    private static final String PROMOTE = "SELECT moved, next_due_ms FROM messaging_internal.promote(?, ?)";

    // Waits for the disk, unlike the claim: after a crash of the server, a key that was freed before the handling began
    // must not be taken again by a message that nobody will free it for. And only for claims that were not lost: a
    // message that waits again keeps its key. OFFSET 0 has each one looked up by the index, whatever the planner
    // thinks.
    private static final String RELEASE_UNIQUE_KEYS = """
            SELECT messaging_internal.release_unique_keys(?, array_agg(valid.unique_key), array_agg(valid.id))
            FROM %s,
                 unnest(?::smallint[], ?::bigint[], ?::smallint[]) AS begun (priority, id, attempt),
                 LATERAL (SELECT m.unique_key, m.id FROM messaging.message m
                          WHERE m.queue = ? AND m.priority = begun.priority AND m.id = begun.id
                            AND m.attempt = begun.attempt AND m.claimed_by = ?
                          OFFSET 0) valid""".formatted(DURABLY);

    private static final Comparator<ClaimedMessage> IN_ORDER = Comparator.<ClaimedMessage>comparingInt(
                    message -> message.claim().priority())
            .thenComparingLong(message -> message.claim().id());

    private ClaimStatements() {}

    /** A place in a queue: the message of that priority and id, whether it is there or not. */
    public record Position(int priority, long id) {

        /** Before all messages. */
        public static final Position START = new Position(Short.MIN_VALUE, 0);
    }

    /** What moving the due messages did: how many moved, and how long until the next one is due, if one waits. */
    public record Promotion(int moved, @Nullable Duration nextDueIn) {}

    /** Claims up to {@code limit} messages behind {@code after}, in the order in which they shall be handled. */
    public static List<ClaimedMessage> claim(
            Connection connection, String queue, long consumer, int limit, Position after) throws SQLException {
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setLong(1, consumer);
            claim.setString(2, queue);
            claim.setInt(3, after.priority());
            claim.setLong(4, after.id());
            claim.setString(5, queue);
            claim.setInt(6, limit);
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
        var claim = new Claim(queue, row.getInt(2), row.getLong(1), row.getInt(3), consumer, row.getString(12));
        var size = row.getInt(9);
        return new ClaimedMessage(
                claim,
                row.getObject(4, OffsetDateTime.class).toInstant(),
                sending(row, 13),
                row.getString(5),
                Headers.parse(row.getString(6)),
                row.getString(7),
                row.getBytes(8),
                size,
                size > LARGE,
                expiry(row, 10),
                row.getString(11),
                0);
    }

    /** From an age, which the database has measured on its own clock; null when that has been set back, or is of no use. */
    private static @Nullable Long sending(ResultSet row, int column) throws SQLException {
        var seconds = row.getDouble(column);
        return seconds >= 0 && seconds < LONGEST_LIFE_SECONDS ? System.nanoTime() - (long) (seconds * 1e9) : null;
    }

    private static @Nullable Long expiry(ResultSet row, int column) throws SQLException {
        var seconds = row.getDouble(column);
        return row.wasNull() ? null : System.nanoTime() + (long) (Math.min(seconds, LONGEST_LIFE_SECONDS) * 1e9);
    }

    /** The message with its payload; null when the claim was lost. */
    public static @Nullable ClaimedMessage load(Connection connection, ClaimedMessage message) throws SQLException {
        var claim = message.claim();
        try (var load = connection.prepareStatement(LOAD)) {
            load.setString(1, claim.queue());
            load.setInt(2, claim.priority());
            load.setLong(3, claim.id());
            load.setInt(4, claim.attempt());
            load.setLong(5, claim.consumer());
            try (var row = load.executeQuery()) {
                return row.next() ? message.loaded(row.getString(1), row.getBytes(2)) : null;
            }
        }
    }

    /**
     * Releases the unique keys of messages that one consumer is about to handle.
     *
     * @return the ids of those whose key a sender is just deciding on: they can't be handled before it has
     */
    public static Set<Long> releaseUniqueKeys(Connection connection, String queue, Collection<ClaimedMessage> messages)
            throws SQLException {
        try (var release = connection.prepareStatement(RELEASE_UNIQUE_KEYS)) {
            var claims = messages.stream().map(ClaimedMessage::claim).toList();
            release.setString(1, queue);
            SettleStatements.setColumn(release, 2, "int2", claims, Claim::priority);
            SettleStatements.setColumn(release, 3, "int8", claims, Claim::id);
            SettleStatements.setColumn(release, 4, "int2", claims, Claim::attempt);
            release.setString(5, queue);
            release.setLong(6, claims.get(0).consumer());
            var contended = new HashSet<Long>();
            try (var rows = release.executeQuery()) {
                while (rows.next()) {
                    contended.add(rows.getLong(1));
                }
            }
            return contended;
        }
    }

    /** Moves delayed messages that are due to the waiting ones. */
    public static Promotion promote(Connection connection, String queue) throws SQLException {
        try (var promote = connection.prepareStatement(PROMOTE)) {
            promote.setString(1, queue);
            promote.setInt(2, PROMOTED_AT_ONCE);
            try (var row = promote.executeQuery()) {
                row.next();
                var moved = row.getInt(1);
                var millis = row.getDouble(2);
                return new Promotion(moved, row.wasNull() ? null : Duration.ofMillis((long) millis + 1));
            }
        }
    }
}
