package dev.aegis.messaging.internal.store;

import static dev.aegis.messaging.internal.store.ConnectorDatabase.DURABLY;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The slots of queues whose concurrency is limited for the whole cluster. */
public final class SlotStatements {

    private static final String CREATE = """
            INSERT INTO messaging.slot (queue, number) SELECT ?, generate_series(1, ?) FROM %s
            ON CONFLICT DO NOTHING""".formatted(DURABLY);

    // A slot of a process that is no longer registered is free.
    private static final String ACQUIRE = """
            UPDATE messaging.slot SET consumer = ? FROM %s
            WHERE slot.ctid = ANY (ARRAY(
                SELECT ctid FROM messaging.slot
                WHERE queue = ? AND number <= ?
                  AND (consumer IS NULL OR consumer NOT IN (SELECT id FROM messaging.consumer))
                ORDER BY number LIMIT ?
                FOR UPDATE SKIP LOCKED))
            RETURNING number""".formatted(DURABLY);

    private static final String RELEASE = """
            UPDATE messaging.slot SET consumer = NULL FROM %s
            WHERE queue = ? AND number = ANY (?) AND consumer = ?""".formatted(DURABLY);

    private static final String RELEASE_UNKNOWN = """
            UPDATE messaging.slot SET consumer = NULL FROM %s
            WHERE queue = ? AND consumer = ? AND number <> ALL (?)""".formatted(DURABLY);

    private SlotStatements() {}

    /** Makes the slots from 1 to {@code limit}, as far as they are missing. */
    public static int create(Connection connection, String queue, int limit) throws SQLException {
        try (var create = connection.prepareStatement(CREATE)) {
            create.setString(1, queue);
            create.setInt(2, limit);
            return create.executeUpdate();
        }
    }

    /** Takes up to {@code requested} free slots, and returns their numbers. */
    public static List<Integer> acquire(Connection connection, String queue, int limit, long consumer, int requested)
            throws SQLException {
        try (var acquire = connection.prepareStatement(ACQUIRE)) {
            acquire.setLong(1, consumer);
            acquire.setString(2, queue);
            acquire.setInt(3, limit);
            acquire.setInt(4, requested);
            var numbers = new ArrayList<Integer>();
            try (var rows = acquire.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getInt(1));
                }
            }
            return numbers;
        }
    }

    /** Gives back the slots that the consumer has without knowing it, because an answer was lost: all but the {@code known} ones. */
    public static int releaseUnknown(Connection connection, String queue, long consumer, Collection<Integer> known)
            throws SQLException {
        try (var release = connection.prepareStatement(RELEASE_UNKNOWN)) {
            release.setString(1, queue);
            release.setLong(2, consumer);
            release.setArray(3, connection.createArrayOf("int4", known.toArray()));
            return release.executeUpdate();
        }
    }

    public static int release(Connection connection, String queue, long consumer, Collection<Integer> numbers)
            throws SQLException {
        try (var release = connection.prepareStatement(RELEASE)) {
            release.setString(1, queue);
            release.setArray(2, connection.createArrayOf("int4", numbers.toArray()));
            release.setLong(3, consumer);
            return release.executeUpdate();
        }
    }
}
