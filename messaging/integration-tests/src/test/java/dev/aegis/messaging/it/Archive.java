package dev.aegis.messaging.it;

import dev.aegis.messaging.internal.store.ConnectorDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Writes to the database in which the queues are, whichever that is. */
@ApplicationScoped
class Archive {

    private final ConnectorDatabase database;
    private final AtomicInteger calls = new AtomicInteger();

    Archive(ConnectorDatabase database) {
        this.database = database;
    }

    int calls() {
        return calls.get();
    }

    @Incoming("archive")
    @Transactional
    void keep(String text) throws SQLException {
        write(text);
        if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("as asked");
        }
    }

    void write(String text) throws SQLException {
        try (var connection = database.application().getConnection();
                var insert = connection.prepareStatement("INSERT INTO archived (text) VALUES (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
        }
    }
}
