package dev.aegis.messaging.it;

import static dev.aegis.messaging.it.Entry.Mishap.FAILS_ALWAYS;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Handles what the in-memory connector delivers, in a transaction, and sends to it and to us. */
@ApplicationScoped
class FromMemory {

    private final DataSource database;
    private final Emitter<Object> memory;
    private final Emitter<Object> ours;

    FromMemory(
            DataSource database,
            @Channel("to-memory") Emitter<Object> memory,
            @Channel("to-nobody") Emitter<Object> ours) {
        this.database = database;
        this.memory = memory;
        this.ours = ours;
    }

    @Incoming("from-memory")
    @Transactional
    @Blocking
    void handle(Entry entry) throws Exception {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("INSERT INTO effect (name, attempt) VALUES (?, 1)")) {
            insert.setString(1, entry.name());
            insert.executeUpdate();
        }
        memory.send("handled " + entry.name());
        ours.send("handled " + entry.name());
        if (entry.mishap() == FAILS_ALWAYS) {
            throw new IllegalStateException("never");
        }
    }
}
