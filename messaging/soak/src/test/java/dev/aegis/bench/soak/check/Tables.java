package dev.aegis.bench.soak.check;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Reads what a run left in the database. */
public final class Tables {

    private static final List<String> EMPTY_AT_THE_END = List.of(
            "messaging.message",
            "messaging.delayed_message",
            "messaging.blocked_message",
            "messaging.ordering_group",
            "messaging.unique_reservation",
            "messaging.consumer");

    private final Connection connection;

    public Tables(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public History history() throws SQLException {
        var effects = list(
                "SELECT n, task, queue, message_id, attempt, sent_at, worker, called_at, begun_at, ended_at FROM soak.effect"
                        + " ORDER BY n",
                row -> new Effect(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getInt(5),
                        instant(row, 6),
                        row.getInt(7),
                        instant(row, 8),
                        instant(row, 9),
                        instant(row, 10)));
        var dead = list(
                "SELECT payload::jsonb ->> 'id', queue, id, attempts, error FROM messaging.dead_letter",
                row -> new DeadLetter(
                        row.getString(1), row.getString(2), row.getLong(3), row.getInt(4), row.getString(5)));
        var sent = new HashSet<>(list("SELECT task FROM soak.sent", row -> row.getString(1)));
        var beginnings = new HashMap<String, Instant>();
        list(
                "SELECT task, min(claimed_at) FROM soak.beginning GROUP BY task",
                row -> beginnings.put(row.getString(1), instant(row, 2)));
        var revoked = new HashSet<>(list("SELECT task FROM soak.revoked WHERE in_time", row -> row.getString(1)));
        var departures = list(
                "SELECT task, max(left_at), max(expires_at) FROM soak.departure GROUP BY task",
                row -> new Departure(row.getString(1), instant(row, 2), instant(row, 3)));
        return new History(effects, dead, sent, beginnings, revoked, departures);
    }

    /** Tables that should be empty, and are not. */
    public List<Violation> leftovers() throws SQLException {
        var left = new ArrayList<Violation>();
        for (var table : EMPTY_AT_THE_END) {
            var rows = list("SELECT left(t::text, 500) FROM " + table + " t LIMIT 5", row -> row.getString(1));
            if (!rows.isEmpty()) {
                left.add(new Violation("left in " + table + ": " + String.join("\n    ", rows)));
            }
        }
        return left;
    }

    /** Writes all tables to files. */
    public void dump(Path folder) throws SQLException, IOException {
        var tables = list(
                "SELECT schemaname || '.' || relname FROM pg_stat_user_tables WHERE schemaname IN ('soak', 'messaging')",
                row -> row.getString(1));
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : tables) {
            try (Writer file = Files.newBufferedWriter(folder.resolve(table + ".csv"))) {
                copy.copyOut("COPY " + table + " TO STDOUT (FORMAT csv, HEADER)", file);
            }
        }
    }

    /** The rows of a task, as text. */
    public List<String> rowsOf(String task) throws SQLException {
        var rows = new ArrayList<String>();
        for (var table : Map.of(
                        "soak.sent", "task = ?",
                        "soak.effect", "task = ?",
                        "soak.beginning", "task = ?",
                        "soak.revoked", "task = ?",
                        "soak.departure", "task = ?",
                        "messaging.dead_letter", "payload::jsonb ->> 'id' = ?",
                        "messaging.message", "payload::jsonb ->> 'id' = ?",
                        "messaging.delayed_message", "payload::jsonb ->> 'id' = ?",
                        "messaging.blocked_message", "payload::jsonb ->> 'id' = ?")
                .entrySet()) {
            try (var select = connection.prepareStatement(
                    "SELECT left(t::text, 400) FROM " + table.getKey() + " t WHERE " + table.getValue())) {
                select.setString(1, task);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(table.getKey() + " " + row.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    <T> List<T> list(String sql, Reader<T> reader) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
