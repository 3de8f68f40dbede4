package dev.aegis.messaging.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Inserts messages: one statement for all that are due, one for all that are delayed. */
public final class SendStatements {

    private static final String INSERT_ONE = """
            INSERT INTO messaging.message (queue, priority, content_type, headers, payload, payload_bytes)
            VALUES (?, ?, ?, ?::jsonb, ?, ?)""";

    private static final String INSERT_MANY = """
            INSERT INTO messaging.message (queue, priority, content_type, headers, payload, payload_bytes)
            SELECT * FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[]::jsonb[], ?::text[], ?::bytea[])""";

    private static final String INSERT_DELAYED = """
            INSERT INTO messaging.delayed_message
                (queue, priority, content_type, headers, payload, payload_bytes, due_at)
            SELECT queue, priority, content_type, headers, payload, payload_bytes,
                   coalesce(due_at, clock_timestamp() + delay_ms * interval '1 millisecond')
            FROM unnest(?::text[], ?::smallint[], ?::text[], ?::text[]::jsonb[], ?::text[], ?::bytea[],
                        ?::timestamptz[], ?::bigint[])
                 AS sent (queue, priority, content_type, headers, payload, payload_bytes, due_at, delay_ms)""";

    private SendStatements() {}

    public static void insert(Connection connection, List<NewMessage> messages) throws SQLException {
        if (messages.size() == 1 && !messages.get(0).isDelayed()) {
            insertOne(connection, messages.get(0));
            return;
        }
        var due = messages.stream().filter(message -> !message.isDelayed()).toList();
        var delayed = messages.stream().filter(NewMessage::isDelayed).toList();
        if (!due.isEmpty()) {
            insertMany(connection, INSERT_MANY, due);
        }
        if (!delayed.isEmpty()) {
            insertMany(connection, INSERT_DELAYED, delayed);
        }
    }

    private static void insertOne(Connection connection, NewMessage message) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_ONE)) {
            insert.setString(1, message.queue());
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
            setColumn(insert, 1, "text", messages, NewMessage::queue);
            setColumn(insert, 2, "int2", messages, NewMessage::priority);
            setColumn(insert, 3, "text", messages, NewMessage::contentType);
            setColumn(insert, 4, "text", messages, NewMessage::headers);
            setColumn(insert, 5, "text", messages, NewMessage::text);
            Array bytes = connection.createArrayOf(
                    "bytea", messages.stream().map(NewMessage::bytes).toArray(byte[][]::new));
            insert.setArray(6, bytes);
            if (sql.equals(INSERT_DELAYED)) {
                setColumn(insert, 7, "text", messages, message -> message.dueAt());
                setColumn(
                        insert,
                        8,
                        "int8",
                        messages,
                        message ->
                                message.delay() == null ? null : message.delay().toMillis());
            }
            insert.executeUpdate();
        }
    }

    private static void setColumn(
            PreparedStatement insert, int index, String type, List<NewMessage> messages, Function<NewMessage, ?> column)
            throws SQLException {
        insert.setArray(
                index,
                insert.getConnection()
                        .createArrayOf(type, messages.stream().map(column).toArray()));
    }
}
