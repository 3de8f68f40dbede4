package dev.aegis.messaging.it;

import dev.aegis.messaging.DeadLetterEvent;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A transactional handler: each entry is one row, however often its message is delivered. */
@ApplicationScoped
class Ledger {

    private final DataSource database;
    private final TransactionManager transactions;
    private final List<String> deliveries = new CopyOnWriteArrayList<>();
    private final List<String> given = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Ledger(DataSource database, TransactionManager transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @Incoming("ledger")
    @Transactional
    void note(Entry entry, IncomingPostgresqlMetadata message) throws Exception {
        deliveries.add(entry.name());
        execute("INSERT INTO public.effect (name, attempt) VALUES (?, ?)", entry.name(), message.getAttempt());
        var first = message.getAttempt() == 1;
        switch (entry.mishap()) {
            case FAILS_ONCE -> failIf(first);
            case FAILS_ALWAYS -> failIf(true);
            case CONNECTION_DIES_ONCE -> {
                if (first) {
                    execute("SELECT pg_terminate_backend(pg_backend_pid())");
                }
            }
            case CLAIM_IS_LOST_ONCE -> {
                if (first) {
                    loseClaim(message.getId());
                }
            }
            case MARKED_FOR_ROLLBACK_ONCE -> {
                if (first) {
                    transactions.setRollbackOnly();
                }
            }
            case WAITS -> gate.await(20, TimeUnit.SECONDS);
            default -> {}
        }
    }

    void onDeadLetter(@Observes DeadLetterEvent dead) throws SQLException {
        if (dead.error().endsWith("it is null")) {
            throw new IllegalStateException("this observer fails");
        }
        if (dead.queue().equals("ledger") && !dead.error().contains("can't be read")) {
            var entry = dead.payload(Entry.class);
            given.add(entry.name());
            execute(
                    "INSERT INTO public.effect (name, attempt) VALUES (?, ?)",
                    "given up: " + entry.name(),
                    dead.attempts());
        }
    }

    /** Handlers of entries that wait do so until the returned latch is counted down. */
    CountDownLatch closeGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    List<String> deliveries() {
        return deliveries;
    }

    private static void failIf(boolean now) {
        if (now) {
            throw new IllegalStateException("the ink ran out");
        }
    }

    /** What happens when this process is silent for too long: another transaction gives the message to somebody else. */
    private void loseClaim(long message) throws Exception {
        var suspended = transactions.suspend();
        try {
            execute("UPDATE messaging.message SET claimed_by = -1, attempt = attempt + 1 WHERE id = ?", message);
        } finally {
            transactions.resume(suspended);
        }
    }

    private void execute(String sql, Object... arguments) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.execute();
        }
    }
}
