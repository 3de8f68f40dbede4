package dev.aegis.messaging.it;

import dev.aegis.testing.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the connector share: the database, and a clean ledger. */
abstract class MessagingTest {

    protected Database database;

    @BeforeEach
    void emptyTheTables() throws SQLException {
        for (var table : List.of(
                "effect",
                "messaging.blocked_message",
                "messaging.message",
                "messaging.delayed_message",
                "messaging.dead_letter",
                "messaging.ordering_group",
                "messaging.unique_reservation")) {
            execute("DELETE FROM " + table);
        }
    }

    protected static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    protected void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    protected List<String> query(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Puts messages into the queue {@code nobody}. */
    protected void letWait(int messages) throws SQLException {
        execute("INSERT INTO messaging.message (queue, content_type, payload) SELECT 'nobody', 'text/plain', 'x'"
                + " FROM generate_series(1, " + messages + ")");
    }

    /** Ends the connection on which a consumer of {@code queue} works on {@code table}: it hears no answer. */
    protected void killWhoNeeds(String table, String queue) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table);
            eventually().until(() -> {
                // Each time: a notification may come while the consumer is connecting, and is lost then.
                execute("SELECT pg_notify('messaging." + queue + "', '')");
                return !query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE wait_event_type = 'Lock' AND query LIKE '%SKIP LOCKED%'"
                                + " AND query LIKE '%" + table + "%' AND query NOT LIKE '%pg_stat_activity%'")
                        .isEmpty();
            });
            connection.rollback();
        }
    }

    protected long count(String table) {
        return Long.parseLong(query("SELECT count(*) FROM " + table).get(0));
    }

    protected List<String> effects() {
        return query("SELECT name FROM effect ORDER BY name");
    }

    /** Nothing waits, is delayed, or is under way. */
    protected boolean isDrained() {
        return count("(SELECT FROM messaging.message UNION ALL SELECT FROM messaging.delayed_message"
                        + " UNION ALL SELECT FROM messaging.blocked_message) waiting")
                == 0;
    }
}
