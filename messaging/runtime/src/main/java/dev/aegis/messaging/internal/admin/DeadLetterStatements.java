package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.admin.DeadLetter;
import dev.aegis.messaging.internal.store.Headers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads dead letters, sends them again, and removes them. */
final class DeadLetterStatements {

    private static final String LIST = """
            SELECT id, queue, attempts, error, stack_trace, headers, content_type, payload, sent_at, died_at
            FROM messaging.dead_letter WHERE queue = ?""";

    private static final String LATEST_FIRST = " ORDER BY died_at DESC, id DESC LIMIT ?";

    private static final String LIST_ALL = LIST + LATEST_FIRST;

    private static final String LIST_BEFORE = LIST + " AND (died_at, id) < (?, ?)" + LATEST_FIRST;

    private DeadLetterStatements() {}

    static List<DeadLetter> list(Connection connection, String queue, int limit) throws SQLException {
        try (var select = connection.prepareStatement(LIST_ALL)) {
            select.setString(1, queue);
            select.setInt(2, limit);
            return read(select);
        }
    }

    static List<DeadLetter> listBefore(Connection connection, DeadLetter last, int limit) throws SQLException {
        try (var select = connection.prepareStatement(LIST_BEFORE)) {
            select.setString(1, last.queue());
            select.setObject(2, last.diedAt().atOffset(ZoneOffset.UTC));
            select.setLong(3, last.id());
            select.setInt(4, limit);
            return read(select);
        }
    }

    static boolean resend(Connection connection, long id) throws SQLException {
        return ofOne(connection, "SELECT messaging.resend(?)", id);
    }

    static long resendAll(Connection connection, String queue, int limit) throws SQLException {
        try (var resend = connection.prepareStatement("SELECT messaging.resend(?, ?)")) {
            resend.setString(1, queue);
            resend.setInt(2, limit);
            return AdminStatements.only(resend, row -> row.getLong(1));
        }
    }

    static boolean drop(Connection connection, long id) throws SQLException {
        return ofOne(connection, "SELECT messaging.drop_dead_letter(?)", id);
    }

    static long dropOlderThan(Connection connection, String queue, Duration age) throws SQLException {
        try (var drop =
                connection.prepareStatement("SELECT messaging.drop_dead_letters(?, ? * interval '1 millisecond')")) {
            drop.setString(1, queue);
            drop.setLong(2, age.toMillis());
            return AdminStatements.only(drop, row -> row.getLong(1));
        }
    }

    /** Removes up to {@code limit} dead letters of all queues that died longer than {@code age} ago, and returns how many. */
    static long expire(Connection connection, Duration age, int limit) throws SQLException {
        try (var expire = connection.prepareStatement(
                "SELECT messaging_internal.expire_dead_letters(? * interval '1 millisecond', ?)")) {
            expire.setLong(1, age.toMillis());
            expire.setInt(2, limit);
            return AdminStatements.only(expire, row -> row.getLong(1));
        }
    }

    private static boolean ofOne(Connection connection, String sql, long id) throws SQLException {
        try (var call = connection.prepareStatement(sql)) {
            call.setLong(1, id);
            return AdminStatements.only(call, row -> row.getBoolean(1));
        }
    }

    private static List<DeadLetter> read(PreparedStatement select) throws SQLException {
        try (var rows = select.executeQuery()) {
            var letters = new ArrayList<DeadLetter>();
            while (rows.next()) {
                letters.add(letter(rows));
            }
            return List.copyOf(letters);
        }
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("queue"),
                row.getInt("attempts"),
                row.getString("error"),
                row.getString("stack_trace"),
                Headers.parse(row.getString("headers")),
                row.getString("content_type"),
                row.getString("payload"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getObject("died_at", OffsetDateTime.class).toInstant());
    }
}
