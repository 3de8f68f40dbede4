package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Task;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes down what handlers and senders did, in the transaction of the caller if there is one. */
@Singleton
class Effects {

    private final DataSource database;
    private final int worker;

    Effects(DataSource database, @ConfigProperty(name = "soak.worker") int worker) {
        this.database = database;
        this.worker = worker;
    }

    /** Writes the effect of a task whose handler was called at that time, and returns the number of the row. */
    long write(Task task, IncomingPostgresqlMetadata message, Instant calledAt) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO soak.effect (task, queue, message_id, attempt, sent_at, worker, called_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING n""")) {
            insert.setString(1, task.id());
            insert.setString(2, message.getQueue());
            insert.setLong(3, message.getId());
            insert.setInt(4, message.getAttempt());
            insert.setObject(5, message.getSentAt().atOffset(ZoneOffset.UTC));
            insert.setInt(6, worker);
            insert.setObject(7, calledAt.atOffset(ZoneOffset.UTC));
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Notes that the handler is about to end. */
    void end(long effect) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "UPDATE soak.effect SET ended_at = clock_timestamp() WHERE n = ?")) {
            update.setLong(1, effect);
            update.executeUpdate();
        }
    }

    /** Notes that the transaction of the caller cancels a task, and whether that came in time. */
    void revoked(String task, boolean inTime) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO soak.revoked (task, in_time) VALUES (?, ?)")) {
            insert.setString(1, task);
            insert.setBoolean(2, inTime);
            insert.executeUpdate();
        }
    }

    /** Notes that the transaction of the caller sends a task, and how long its commit shall take for that. */
    void sent(Task task, int dallyMillis) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO soak.sent (task, dally_millis) VALUES (?, ?)")) {
            insert.setString(1, task.id());
            insert.setInt(2, dallyMillis);
            insert.executeUpdate();
        }
    }
}
