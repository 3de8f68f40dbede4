package dev.aegis.messaging.it;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A handler whose transaction loses against others. */
@ApplicationScoped
class Conflicts {

    private final DataSource database;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    Conflicts(DataSource database) {
        this.database = database;
    }

    @Incoming("conflicts")
    @Transactional
    @Blocking(ordered = false)
    void handle(String payload, IncomingPostgresqlMetadata message) throws SQLException {
        calls.add(payload);
        execute("INSERT INTO public.effect (name, attempt) VALUES ('" + payload + "', " + message.getAttempt() + ")");
        switch (payload) {
            case "at the commit" -> execute("INSERT INTO public.conflict_at_commit VALUES (1)");
            case "in a deadlock" -> {
                if (calls.size() < 3) {
                    fail("deadlock_detected");
                }
            }
            default -> fail("serialization_failure");
        }
    }

    private void fail(String condition) throws SQLException {
        execute("DO $$ BEGIN RAISE EXCEPTION 'as asked' USING ERRCODE = '" + condition + "'; END $$");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> calls() {
        return calls;
    }
}
