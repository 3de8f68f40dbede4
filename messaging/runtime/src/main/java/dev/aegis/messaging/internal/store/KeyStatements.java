package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Locks keys until the transaction ends: first the unique keys, then the ordering groups, each kind sorted and in one statement. */
public final class KeyStatements {

    // No message has the id 0: who sends with the key takes it over, and a rollback takes it back.
    private static final String LOCK_UNIQUE_KEYS = """
            INSERT INTO messaging.unique_reservation AS reservation (queue, unique_key, message_id, priority)
            SELECT DISTINCT queue, key, 0, 0 FROM unnest(?::text[], ?::text[]) AS given (queue, key) ORDER BY queue, key
            ON CONFLICT (queue, unique_key) DO UPDATE SET message_id = reservation.message_id
            RETURNING queue, ordering_key""";

    private static final String LOCK_ORDERING_GROUPS = "SELECT messaging_internal.lock_ordering_groups(?, ?)";

    private static final String UNBLOCK_NEXT =
            "SELECT messaging_internal.unblock_next(queue, key) FROM unnest(?::text[], ?::text[]) AS locked (queue, key)";

    private KeyStatements() {}

    /**
     * Locks what the insert of {@code messages} locks, together with {@code groups}: for who locks these before that insert.
     *
     * @param messages one for each queue that gets one
     * @return ordering groups to unblock after that insert, because it may not use them
     */
    public static Set<OrderingGroup> lock(
            Connection connection, List<NewMessage> messages, Collection<OrderingGroup> groups) throws SQLException {
        var all = new HashSet<>(groups);
        messages.stream()
                .flatMap(message -> Stream.ofNullable(message.orderingGroup()))
                .forEach(all::add);
        var ofHolders = lockUniqueKeys(connection, messages);
        all.addAll(ofHolders);
        lock(connection, all);
        return ofHolders;
    }

    /** Locks unique keys, and returns the ordering groups of the messages that have them now. */
    private static Set<OrderingGroup> lockUniqueKeys(Connection connection, List<NewMessage> messages)
            throws SQLException {
        var unique = messages.stream()
                .filter(message -> message.options().getUniqueKey() != null)
                .toList();
        if (unique.isEmpty()) {
            return Set.of();
        }
        try (var lock = connection.prepareStatement(LOCK_UNIQUE_KEYS)) {
            var queues = unique.stream().map(NewMessage::destination).toArray();
            var keys = unique.stream()
                    .map(message -> message.options().getUniqueKey())
                    .toArray();
            lock.setArray(1, connection.createArrayOf("text", queues));
            lock.setArray(2, connection.createArrayOf("text", keys));
            var groups = new HashSet<OrderingGroup>();
            try (var rows = lock.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString(2) != null) {
                        groups.add(new OrderingGroup(rows.getString(1), rows.getString(2)));
                    }
                }
            }
            return groups;
        }
    }

    /** Locks ordering groups. {@link #unblockNext} follows when what they were locked for is done. */
    public static void lock(Connection connection, Collection<OrderingGroup> groups) throws SQLException {
        execute(connection, LOCK_ORDERING_GROUPS, groups);
    }

    /** Makes the next messages of locked ordering groups available, and removes the groups that have no message. */
    public static void unblockNext(Connection connection, Collection<OrderingGroup> groups) throws SQLException {
        execute(connection, UNBLOCK_NEXT, groups);
    }

    private static void execute(Connection connection, String sql, Collection<OrderingGroup> groups)
            throws SQLException {
        if (groups.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            var queues = groups.stream().map(OrderingGroup::queue).toArray();
            var keys = groups.stream().map(OrderingGroup::key).toArray();
            statement.setArray(1, connection.createArrayOf("text", queues));
            statement.setArray(2, connection.createArrayOf("text", keys));
            statement.execute();
        }
    }
}
