package dev.aegis.bench.soak.run;

import dev.aegis.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Looks at the database again and again: how far the run is, and whether something is there that must never be. */
final class Watch implements AutoCloseable {

    private static final String PROGRESS = """
            SELECT (SELECT count(*) FROM soak.effect) + (SELECT count(*) FROM messaging.dead_letter),
                   (SELECT count(*) FROM messaging.message) + (SELECT count(*) FROM messaging.delayed_message)
                   + (SELECT count(*) FROM messaging.blocked_message)""";

    // A message that was tried once has no more claim on its unique key, wherever it waits. One that was taken and
    // given back
    // untried has it again, unless another one was sent with it meanwhile.
    private static final String TWICE_WAITING = """
            SELECT 'two messages wait with the unique key ' || unique_key || ': ' || string_agg(id || ' in ' || place, ', ')
            FROM (SELECT id, unique_key, 'message' AS place FROM messaging.message
                  WHERE unique_key IS NOT NULL AND attempt = 0 AND claimed_by IS NULL
                    AND (id IN (SELECT message_id FROM messaging.unique_reservation)
                         OR payload::jsonb ->> 'id' NOT IN (SELECT task FROM soak.beginning))
                  UNION ALL
                  SELECT id, unique_key, 'delayed_message' FROM messaging.delayed_message
                  WHERE unique_key IS NOT NULL AND attempt = 0
                  UNION ALL
                  SELECT id, unique_key, 'blocked_message' FROM messaging.blocked_message WHERE unique_key IS NOT NULL) waiting
            GROUP BY unique_key HAVING count(*) > 1""";

    private static final String TWO_HEADS = """
            SELECT 'two messages of queue ' || queue || ' are first of the ordering key ' || ordering_key || ': '
                   || string_agg(id::text, ', ')
            FROM (SELECT id, queue, ordering_key FROM messaging.message WHERE ordering_key IS NOT NULL
                  UNION ALL
                  SELECT id, queue, ordering_key FROM messaging.delayed_message
                  WHERE ordering_key IS NOT NULL AND attempt > 0) first
            GROUP BY queue, ordering_key HAVING count(*) > 1""";

    private final Database database;
    private final long expected;
    private final AtomicLong looks = new AtomicLong();
    private final Set<String> violations = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::run, "watch");
    private volatile boolean running = true;
    private volatile long handled;
    private volatile long waiting;
    private @Nullable Connection connection;

    /** @param expected how many effects and dead letters the whole run has, about */
    Watch(Database database, long expected) {
        this.database = database;
        this.expected = expected;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** From 0 to about 1. */
    double progress() {
        return (double) handled / expected;
    }

    long handled() {
        return handled;
    }

    long waiting() {
        return waiting;
    }

    /** How often the database answered. */
    long looks() {
        return looks.get();
    }

    Set<String> violations() {
        return new TreeSet<>(violations);
    }

    @Override
    public void close() {
        running = false;
    }

    private void run() {
        while (running) {
            try {
                look();
                looks.incrementAndGet();
            } catch (SQLException e) {
                connection = null;
            }
            Waiting.pause();
        }
    }

    private void look() throws SQLException {
        if (connection == null) {
            connection = database.connect();
        }
        try (var statement = connection.createStatement()) {
            try (var row = statement.executeQuery(PROGRESS)) {
                row.next();
                handled = row.getLong(1);
                waiting = row.getLong(2);
            }
            for (var forbidden : List.of(TWICE_WAITING, TWO_HEADS)) {
                try (var rows = statement.executeQuery(forbidden)) {
                    while (rows.next()) {
                        violations.add(rows.getString(1));
                    }
                }
            }
        }
    }
}
