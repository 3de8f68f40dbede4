package dev.aegis.messaging.internal.store;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Inserts messages: one statement for all that are due, one for all that are delayed, one for all that have a key. */
public final class SendStatements {

    // What most senders send; each further parameter costs the driver and the server a few microseconds.
    private static final String INSERT_TEXT =
            "INSERT INTO messaging.message (queue, content_type, payload) VALUES (?, ?, ?)";

    private static final String INSERT_ONE = """
            INSERT INTO messaging.message (queue, priority, content_type, headers, payload, payload_bytes)
            VALUES (?, ?, ?, ?::jsonb, ?, ?)""";

    private static final String INSERT_MANY = """
            INSERT INTO messaging.message (queue, priority, content_type, headers, payload, payload_bytes, expires_at)
            SELECT queue, priority, content_type, headers, payload, payload_bytes,
                   clock_timestamp() + lifetime_ms * interval '1 millisecond'
            FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[]::jsonb[], ?::text[], ?::bytea[], ?::bigint[])
                 AS given (queue, priority, content_type, headers, payload, payload_bytes, lifetime_ms)""";

    private static final String INSERT_DELAYED = """
            INSERT INTO messaging.delayed_message
                (queue, priority, content_type, headers, payload, payload_bytes, expires_at, due_at)
            SELECT queue, priority, content_type, headers, payload, payload_bytes,
                   clock_timestamp() + lifetime_ms * interval '1 millisecond',
                   coalesce(due_at, clock_timestamp() + delay_ms * interval '1 millisecond')
            FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[]::jsonb[], ?::text[], ?::bytea[], ?::bigint[],
                        ?::timestamptz[], ?::bigint[])
                 AS given (queue, priority, content_type, headers, payload, payload_bytes, lifetime_ms, due_at, delay_ms)""";

    private static final String INSERT_WITH_KEYS = """
            SELECT messaging_internal.send_with_keys(
                queues => ?, priorities => ?, content_types => ?, all_headers => ?::text[]::jsonb[], payloads => ?,
                binary_payloads => ?, lifetimes => ?, due_times => ?::text[]::timestamptz[], delays => ?,
                unique_keys => ?, replacing => ?, ordering_keys => ?)""";

    private SendStatements() {}

    /**
     * Inserts messages, in their order; those with keys last.
     *
     * @return what was sent to which queues
     */
    public static List<NewMessage> insert(Connection connection, List<NewMessage> sent) throws SQLException {
        var messages = fannedOut(connection, sent);
        if (messages.size() == 1 && messages.get(0).isPlainText()) {
            insertText(connection, messages.get(0));
            return messages;
        }
        if (messages.size() == 1 && messages.get(0).isPlain()) {
            insertOne(connection, messages.get(0));
            return messages;
        }
        var kinds = messages.stream().collect(Collectors.groupingBy(SendStatements::statementFor));
        for (var sql : List.of(INSERT_MANY, INSERT_DELAYED, INSERT_WITH_KEYS)) {
            if (kinds.containsKey(sql)) {
                insertMany(connection, sql, kinds.get(sql));
            }
        }
        return messages;
    }

    private static String statementFor(NewMessage message) {
        if (message.hasKey()) {
            return INSERT_WITH_KEYS;
        }
        return message.isDelayed() ? INSERT_DELAYED : INSERT_MANY;
    }

    /** A message for each queue that gets one. */
    public static List<NewMessage> fannedOut(Connection connection, List<NewMessage> messages) throws SQLException {
        var topics = new HashSet<String>();
        for (var message : messages) { // no stream: nearly always one message, to a queue
            if (message.fansOut()) {
                topics.add(message.destination());
            }
        }
        if (topics.isEmpty()) {
            return messages;
        }
        var queues = SubscriptionStatements.queuesOf(connection, topics);
        return messages.stream()
                .flatMap(message -> message.fansOut()
                        ? queues.getOrDefault(message.destination(), List.of()).stream()
                                .map(message::copyFor)
                        : Stream.of(message))
                .toList();
    }

    private static void insertText(Connection connection, NewMessage message) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_TEXT)) {
            insert.setString(1, message.destination());
            insert.setString(2, message.contentType());
            insert.setString(3, message.text());
            insert.executeUpdate();
        }
    }

    private static void insertOne(Connection connection, NewMessage message) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_ONE)) {
            insert.setString(1, message.destination());
            insert.setInt(2, message.priority());
            insert.setString(3, message.contentType());
            insert.setString(4, message.headers());
            insert.setString(5, message.text());
            insert.setBytes(6, message.bytes());
            insert.executeUpdate();
        }
    }

    private static void insertMany(Connection connection, String sql, List<NewMessage> messages) throws SQLException {
        try (var insert = connection.prepareStatement(sql)) {
            var row = new Columns(insert, messages);
            row.set("text", NewMessage::destination);
            row.set("int2", NewMessage::priority);
            row.set("text", NewMessage::contentType);
            row.set("text", NewMessage::headers);
            row.set("text", NewMessage::text);
            row.set("bytea", NewMessage::bytes);
            row.setOption("int8", options -> NewMessage.millis(options.getTimeToLive()));
            if (!sql.equals(INSERT_MANY)) {
                row.set("text", NewMessage::dueAt);
                row.setOption("int8", options -> NewMessage.millis(options.getDelay()));
            }
            if (sql.equals(INSERT_WITH_KEYS)) {
                row.setOption("text", OutgoingPostgresqlMetadata::getUniqueKey);
                row.setOption("bool", OutgoingPostgresqlMetadata::isReplacing);
                row.setOption("text", OutgoingPostgresqlMetadata::getOrderingKey);
            }
            insert.execute();
        }
    }

    /** Sets the parameters of a statement one after the other, each to the array of one property of all messages. */
    private static final class Columns {

        private final PreparedStatement statement;
        private final List<NewMessage> messages;
        private int index;

        Columns(PreparedStatement statement, List<NewMessage> messages) {
            this.statement = statement;
            this.messages = messages;
        }

        void set(String type, Function<NewMessage, ?> property) throws SQLException {
            var values = messages.stream().map(property);
            // The driver takes binary values only as an array of their own class.
            var array = type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray();
            statement.setArray(++index, statement.getConnection().createArrayOf(type, array));
        }

        void setOption(String type, Function<OutgoingPostgresqlMetadata, ?> option) throws SQLException {
            set(type, message -> option.apply(message.options()));
        }
    }
}
