package dev.aegis.bench.subject;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What handlers and senders write, in plain JDBC. */
@ApplicationScoped
public class Effects {

    private final DataSource database;

    Effects(DataSource database) {
        this.database = database;
    }

    void write(String payload) throws SQLException {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO bench.effect (payload) VALUES (?)")) {
            insert.setString(1, payload);
            insert.executeUpdate();
        }
    }

    /** Writes a row for each payload, by one insert. */
    void write(List<String> payloads) throws SQLException {
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement("INSERT INTO bench.effect (payload) SELECT unnest(?::text[])")) {
            insert.setArray(1, connection.createArrayOf("text", payloads.toArray()));
            insert.executeUpdate();
        }
    }

    /** What sending a message writes, if there were no queue. */
    void insertPlain(String payload) throws SQLException {
        try (var connection = database.getConnection();
                var insert =
                        connection.prepareStatement("INSERT INTO bench.plain (queue, payload) VALUES ('sent', ?)")) {
            insert.setString(1, payload);
            insert.executeUpdate();
        }
    }

    /** Pauses or resumes a queue, as an operator would. */
    void steer(String function, String queue) throws SQLException {
        try (var connection = database.getConnection();
                var call = connection.prepareStatement("SELECT messaging." + function + "(?)")) {
            call.setString(1, queue);
            call.execute();
        }
    }
}
