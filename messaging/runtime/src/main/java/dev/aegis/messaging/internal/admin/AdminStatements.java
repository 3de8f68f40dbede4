package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.admin.QueueDepth;
import dev.aegis.messaging.admin.QueueStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at queues and steers them. */
final class AdminStatements {

    private static final String FIGURES = "waiting, in_flight, delayed, blocked, dead, estimated, ";

    private static final String DEPTH =
            "SELECT " + FIGURES + "extract(epoch FROM oldest_age)::float8 AS oldest_age FROM messaging.depth(?)";

    private static final String OVERVIEW = "SELECT " + FIGURES + """
            extract(epoch FROM oldest_waits_for)::float8 AS oldest_age, queue, paused, next_due_at, consumers, handled_per_second
            FROM messaging.queue_overview""";

    private static final String REPORT = """
            WITH reported AS (
                INSERT INTO messaging.throughput AS t (queue, process, handled_per_second, valid_until)
                SELECT queue, ?, rate, now() + ? * interval '1 millisecond'
                FROM unnest(?::text[], ?::real[]) AS handled (queue, rate) ORDER BY queue
                ON CONFLICT (queue, process) DO UPDATE SET handled_per_second = excluded.handled_per_second,
                    measured_at = excluded.measured_at, valid_until = excluded.valid_until),
            outdated AS (DELETE FROM messaging.throughput WHERE valid_until < now() - interval '10 minutes')
            SELECT waiting, in_flight, delayed, blocked, dead, estimated, extract(epoch FROM oldest_age)::float8 AS oldest_age, name
            FROM unnest(?::text[]) AS name CROSS JOIN LATERAL messaging_internal.measure_depth(name)""";

    private AdminStatements() {}

    static boolean pause(Connection connection, String queue) throws SQLException {
        return call(connection, "SELECT messaging.pause(?)", queue, row -> true);
    }

    static boolean resume(Connection connection, String queue) throws SQLException {
        return call(connection, "SELECT messaging.resume(?)", queue, row -> true);
    }

    static boolean isPaused(Connection connection, String queue) throws SQLException {
        return call(
                connection,
                "SELECT EXISTS (SELECT FROM messaging.queue WHERE name = ? AND paused)",
                queue,
                row -> row.getBoolean(1));
    }

    static QueueDepth depth(Connection connection, String queue) throws SQLException {
        return call(connection, DEPTH, queue, AdminStatements::depth);
    }

    static List<QueueStatus> overview(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(OVERVIEW);
                var rows = select.executeQuery()) {
            var queues = new ArrayList<QueueStatus>();
            while (rows.next()) {
                var due = rows.getObject("next_due_at", OffsetDateTime.class);
                queues.add(new QueueStatus(
                        rows.getString("queue"),
                        rows.getBoolean("paused"),
                        depth(rows),
                        due == null ? null : due.toInstant(),
                        rows.getLong("consumers"),
                        rows.getDouble("handled_per_second")));
            }
            return List.copyOf(queues);
        }
    }

    /**
     * Says how many messages {@code process} handled per second, which is true for the time {@code validFor}, and measures
     * {@code queues}.
     */
    static Map<String, QueueDepth> report(
            Connection connection, long process, Duration validFor, Map<String, Double> handled, List<String> queues)
            throws SQLException {
        var names = List.copyOf(handled.keySet());
        try (var report = connection.prepareStatement(REPORT)) {
            report.setLong(1, process);
            report.setLong(2, validFor.toMillis());
            report.setArray(3, connection.createArrayOf("text", names.toArray()));
            report.setArray(
                    4,
                    connection.createArrayOf(
                            "float8", names.stream().map(handled::get).toArray()));
            report.setArray(5, connection.createArrayOf("text", queues.toArray()));
            try (var rows = report.executeQuery()) {
                var depths = new LinkedHashMap<String, QueueDepth>();
                while (rows.next()) {
                    depths.put(rows.getString("name"), depth(rows));
                }
                return depths;
            }
        }
    }

    static boolean cancel(Connection connection, long messageId) throws SQLException {
        try (var cancel = connection.prepareStatement("SELECT messaging.cancel(?)")) {
            cancel.setLong(1, messageId);
            return only(cancel, row -> row.getBoolean(1));
        }
    }

    static boolean cancel(Connection connection, String queue, String uniqueKey) throws SQLException {
        try (var cancel = connection.prepareStatement("SELECT messaging.cancel(?, ?)")) {
            cancel.setString(1, queue);
            cancel.setString(2, uniqueKey);
            return only(cancel, row -> row.getBoolean(1));
        }
    }

    static long purge(Connection connection, String queue) throws SQLException {
        return call(connection, "SELECT messaging.purge(?)", queue, row -> row.getLong(1));
    }

    private static QueueDepth depth(ResultSet row) throws SQLException {
        return new QueueDepth(
                row.getLong("waiting"),
                row.getLong("in_flight"),
                row.getLong("delayed"),
                row.getLong("blocked"),
                row.getLong("dead"),
                row.getBoolean("estimated"),
                seconds(row.getObject("oldest_age", Double.class)));
    }

    private static @Nullable Duration seconds(@Nullable Double seconds) {
        return seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static <T> T call(Connection connection, String sql, String queue, Row<T> result) throws SQLException {
        try (var call = connection.prepareStatement(sql)) {
            call.setString(1, queue);
            return only(call, result);
        }
    }

    static <T> T only(PreparedStatement statement, Row<T> result) throws SQLException {
        try (var rows = statement.executeQuery()) {
            rows.next();
            return result.of(rows);
        }
    }

    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
