package dev.aegis.messaging.internal.store;

import static dev.aegis.messaging.internal.store.ConnectorDatabase.DURABLY;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The register of the processes that consume. */
public final class ConsumerStatements {

    private static final String REGISTER_QUEUES = """
            INSERT INTO messaging.queue (name)
            SELECT name FROM unnest(?::text[]) AS consumed (name) ORDER BY name
            ON CONFLICT DO NOTHING""";

    // Durable: after a crash of the server the id would be given once more, and two consumers would hold each other's
    // claims.
    private static final String REGISTER = """
            INSERT INTO messaging.consumer (application_name, host, pid, queues)
            SELECT current_setting('application_name'), ?, ?, ? FROM %s
            RETURNING id""".formatted(DURABLY);

    private static final String BEAT = """
            WITH beat AS (UPDATE messaging.consumer SET heartbeat_at = clock_timestamp() WHERE id = ? RETURNING 1)
            SELECT EXISTS (SELECT FROM beat), others.ids, others.beats
            FROM set_config('synchronous_commit', 'off', true),
                 (SELECT array_agg(id) AS ids, array_agg(extract(epoch FROM heartbeat_at)::text) AS beats
                  FROM messaging.consumer WHERE id <> ?) others""";

    private static final String REMOVE = """
            DELETE FROM messaging.consumer
            USING unnest(?::bigint[], ?::text[]) AS silent (id, beat)
            WHERE consumer.id = silent.id AND extract(epoch FROM heartbeat_at)::text = silent.beat
            RETURNING consumer.id""";

    private static final String DEREGISTER = "DELETE FROM messaging.consumer WHERE id = ?";

    private static final String FREE_ORPHANS = """
            WITH freed AS (
                UPDATE messaging.message SET claimed_by = NULL, claimed_at = NULL FROM %s
                WHERE message.ctid = ANY (ARRAY(
                    SELECT ctid FROM messaging.message
                    WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (SELECT id FROM messaging.consumer)
                    FOR UPDATE SKIP LOCKED))
                RETURNING queue)
            SELECT queue, count(*) FROM freed GROUP BY queue""".formatted(DURABLY);

    private static final String HAS_ORPHANS = """
            SELECT EXISTS (SELECT FROM messaging.message
                           WHERE claimed_by IS NOT NULL AND claimed_by NOT IN (SELECT id FROM messaging.consumer))""";

    private ConsumerStatements() {}

    /**
     * What a heartbeat found.
     *
     * @param others the last heartbeats of the other consumers, by their ids; only good for telling whether one is another
     */
    public record Beat(boolean registered, Map<Long, String> others) {}

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

    public static Beat beat(Connection connection, long consumer) throws SQLException {
        try (var beat = connection.prepareStatement(BEAT)) {
            beat.setLong(1, consumer);
            beat.setLong(2, consumer);
            try (var row = beat.executeQuery()) {
                row.next();
                var others = new HashMap<Long, String>();
                var ids = row.getArray(2);
                if (ids != null) {
                    var beats = (String[]) row.getArray(3).getArray();
                    var position = 0;
                    for (var id : (Long[]) ids.getArray()) {
                        others.put(id, beats[position++]);
                    }
                }
                return new Beat(row.getBoolean(1), others);
            }
        }
    }

    /** Strikes consumers from the register whose last heartbeat is still that one, and returns their ids. */
    public static List<Long> remove(Connection connection, Map<Long, String> silent) throws SQLException {
        try (var remove = connection.prepareStatement(REMOVE)) {
            var ids = silent.keySet().stream().sorted().toList();
            remove.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            remove.setArray(
                    2,
                    connection.createArrayOf(
                            "text", ids.stream().map(silent::get).toArray()));
            var removed = new ArrayList<Long>();
            try (var rows = remove.executeQuery()) {
                while (rows.next()) {
                    removed.add(rows.getLong(1));
                }
            }
            return removed;
        }
    }

    public static void deregister(Connection connection, long consumer) throws SQLException {
        try (var deregister = connection.prepareStatement(DEREGISTER)) {
            deregister.setLong(1, consumer);
            deregister.executeUpdate();
        }
    }

    /**
     * Lets messages wait again whose consumer is not in the register. A statement of its own, after the one that removed
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
