package dev.aegis.messaging.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The register of the processes that consume. */
public final class ConsumerStatements {

    private static final String REGISTER_QUEUES = """
            INSERT INTO messaging.queue (name)
            SELECT name FROM unnest(?::text[]) AS consumed (name) ORDER BY name
            ON CONFLICT DO NOTHING""";

    // Waits for the disk, unlike what else is done on the own connections: after a crash of the server the id would be
    // given once more, and two consumers would hold each other's claims.
    private static final String REGISTER = """
            INSERT INTO messaging.consumer (application_name, host, pid, queues)
            SELECT current_setting('application_name'), ?, ?, ? FROM set_config('synchronous_commit', 'on', true)
            RETURNING id""";

    private static final String BEAT = """
            WITH beat AS (UPDATE messaging.consumer SET heartbeat_at = clock_timestamp() WHERE id = ? RETURNING 1)
            SELECT EXISTS (SELECT FROM beat),
                   EXISTS (SELECT FROM messaging.consumer
                           WHERE id <> ? AND heartbeat_at < now() - ? * interval '1 millisecond')
            FROM set_config('synchronous_commit', 'off', true)""";

    private static final String EXPIRE =
            "DELETE FROM messaging.consumer WHERE heartbeat_at < now() - ? * interval '1 millisecond' RETURNING id";

    private static final String DEREGISTER = "DELETE FROM messaging.consumer WHERE id = ?";

    private static final String FREE_ORPHANS = """
            WITH freed AS (
                UPDATE messaging.message SET claimed_by = NULL, claimed_at = NULL
                WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM messaging.message
                    WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (SELECT id FROM messaging.consumer)
                    FOR UPDATE SKIP LOCKED))
                RETURNING queue)
            SELECT queue, count(*) FROM freed GROUP BY queue""";

    private static final String HAS_ORPHANS = """
            SELECT EXISTS (SELECT FROM messaging.message
                           WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (SELECT id FROM messaging.consumer))""";

    private ConsumerStatements() {}

    /** What a heartbeat found. */
    public record Beat(boolean registered, boolean othersSilent) {}

    /** The messages of a queue whose consumer is gone and that wait again. */
    public record Freed(String queue, int messages) {}

    public static long register(Connection connection, Collection<String> queues, String host, long pid)
            throws SQLException {
        var names = connection.createArrayOf("text", queues.toArray());
        try (var register = connection.prepareStatement(REGISTER_QUEUES)) {
            register.setArray(1, names);
            register.executeUpdate();
        }
        try (var register = connection.prepareStatement(REGISTER)) {
            register.setString(1, host);
            register.setLong(2, pid);
            register.setArray(3, names);
            try (var row = register.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    public static Beat beat(Connection connection, long consumer, Duration timeout) throws SQLException {
        try (var beat = connection.prepareStatement(BEAT)) {
            beat.setLong(1, consumer);
            beat.setLong(2, consumer);
            beat.setLong(3, timeout.toMillis());
            try (var row = beat.executeQuery()) {
                row.next();
                return new Beat(row.getBoolean(1), row.getBoolean(2));
            }
        }
    }

    /** Strikes consumers that were silent for longer than {@code timeout} from the register. */
    public static List<Long> expire(Connection connection, Duration timeout) throws SQLException {
        try (var expire = connection.prepareStatement(EXPIRE)) {
            expire.setLong(1, timeout.toMillis());
            var expired = new ArrayList<Long>();
            try (var rows = expire.executeQuery()) {
                while (rows.next()) {
                    expired.add(rows.getLong(1));
                }
            }
            return expired;
        }
    }

    public static void deregister(Connection connection, long consumer) throws SQLException {
        try (var deregister = connection.prepareStatement(DEREGISTER)) {
            deregister.setLong(1, consumer);
            deregister.executeUpdate();
        }
    }

    /**
     * Lets messages wait again whose consumer is not in the register. A statement of its own, after the one that struck
     * the consumer: only then does it see what that consumer claimed last. What others have locked is left out.
     */
    public static List<Freed> freeOrphans(Connection connection) throws SQLException {
        try (var free = connection.prepareStatement(FREE_ORPHANS);
                var rows = free.executeQuery()) {
            var freed = new ArrayList<Freed>();
            while (rows.next()) {
                freed.add(new Freed(rows.getString(1), rows.getInt(2)));
            }
            return freed;
        }
    }

    /** Whether there are messages whose consumer is not in the register. */
    public static boolean hasOrphans(Connection connection) throws SQLException {
        try (var orphans = connection.prepareStatement(HAS_ORPHANS);
                var row = orphans.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }
}
