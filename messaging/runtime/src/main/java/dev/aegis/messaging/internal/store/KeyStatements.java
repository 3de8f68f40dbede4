package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Locks keys until the transaction ends: first the unique ones, then the ordering ones, each kind sorted and at once. */
public final class KeyStatements {

    // No message has the id 0: who sends with the key takes it over, and a rollback takes it back.
    private static final String LOCK_UNIQUE_KEYS = """
            INSERT INTO messaging.unique_reservation AS reservation (queue, unique_key, message_id, priority)
            SELECT DISTINCT queue, key, 0, 0 FROM unnest(?::text[], ?::text[]) AS given (queue, key) ORDER BY queue, key
            ON CONFLICT (queue, unique_key) DO UPDATE SET message_id = reservation.message_id
            RETURNING queue, ordering_key""";

    private static final String LOCK_ORDERING_KEYS = "SELECT messaging.enter_lanes(?, ?)";

    private static final String LEAVE_ORDERING_KEYS =
            "SELECT messaging.advance(queue, key) FROM unnest(?::text[], ?::text[]) AS entered (queue, key)";

    private KeyStatements() {}

    /**
     * Locks what the insert of {@code messages} locks, together with {@code lanes}: for who locks these before that insert.
     *
     * @param messages one for each queue that gets one
     * @return ordering keys to leave after that insert, because it may not use them
     */
    public static Set<OrderingGroup> lock(
            Connection connection, List<NewMessage> messages, Collection<OrderingGroup> lanes) throws SQLException {
        var all = new HashSet<>(lanes);
        messages.stream()
                .flatMap(message -> Stream.ofNullable(message.orderingGroup()))
                .forEach(all::add);
        var ofHolders = lockUniqueKeys(connection, messages);
        all.addAll(ofHolders);
        lock(connection, all);
        return ofHolders;
    }

    /** Locks unique keys, and returns the ordering keys of the messages that have them now. */
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
            var lanes = new HashSet<OrderingGroup>();
            try (var rows = lock.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString(2) != null) {
                        lanes.add(new OrderingGroup(rows.getString(1), rows.getString(2)));
                    }
                }
            }
            return lanes;
        }
    }

    /** Locks ordering keys, which are to be left when what they were locked for is done. */
    public static void lock(Connection connection, Collection<OrderingGroup> lanes) throws SQLException {
        execute(connection, LOCK_ORDERING_KEYS, lanes);
    }

    /** Lets the next messages of locked ordering keys wait, and forgets the keys that no message has. */
    public static void leave(Connection connection, Collection<OrderingGroup> lanes) throws SQLException {
        execute(connection, LEAVE_ORDERING_KEYS, lanes);
    }

    private static void execute(Connection connection, String sql, Collection<OrderingGroup> lanes)
            throws SQLException {
        if (lanes.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            var queues = lanes.stream().map(OrderingGroup::queue).toArray();
            var keys = lanes.stream().map(OrderingGroup::key).toArray();
            statement.setArray(1, connection.createArrayOf("text", queues));
            statement.setArray(2, connection.createArrayOf("text", keys));
            statement.execute();
        }
    }
}
