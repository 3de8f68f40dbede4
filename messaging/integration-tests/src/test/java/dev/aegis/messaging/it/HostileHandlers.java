package dev.aegis.messaging.it;

import dev.aegis.messaging.DeadLetterEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Handlers and an observer that do what nobody should do. */
@ApplicationScoped
class HostileHandlers {

    @Inject
    Inner inner;

    @Inject
    DataSource database;

    @Inject
    @Channel("to-nobody")
    Emitter<String> nobody;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Fails when it is asked what it says. */
    static final class MuteException extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("says nothing");
        }
    }

    @ApplicationScoped
    static class Inner {

        @Incoming("hostile-inner")
        @Transactional(Transactional.TxType.REQUIRES_NEW)
        void handle(String payload) {}
    }

    @Incoming("hostile")
    @Transactional
    @Blocking(ordered = false)
    void handle(String payload) {
        calls.add(payload);
        switch (payload) {
            case "mute" -> throw new MuteException();
            case "calls another handler and fails" -> {
                inner.handle(payload);
                throw new IllegalStateException("as asked");
            }
            case "goes in circles" -> throw circle();
            default -> {
                if (payload.startsWith("its observer ")) {
                    throw new IllegalStateException(payload);
                }
            }
        }
    }

    @Incoming("stopping")
    @Transactional
    void stopAt(String payload) throws InterruptedException {
        calls.add(payload);
        gate.await(20, TimeUnit.SECONDS);
    }

    private static RuntimeException circle() {
        var cause = new IllegalStateException("the cause");
        var failure = new IllegalArgumentException("as asked", cause);
        cause.initCause(failure);
        cause.addSuppressed(failure);
        return failure;
    }

    void observe(@Observes DeadLetterEvent dead) throws SQLException {
        if (!dead.queue().equals("hostile")) {
            return;
        }
        switch (dead.error().replaceFirst(".*: ", "")) {
            case "its observer vetoes" -> QuarkusTransaction.setRollbackOnly();
            case "its observer writes what the commit refuses" ->
                execute("INSERT INTO public.refused_at_commit VALUES (1)");
            case "its observer finds a lock" ->
                execute("DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = 'lock_not_available'; END $$");
            case "its observer finds another server down" ->
                throw new IllegalStateException("no answer", new SQLException("another server is down", "08006"));
            case "its observer sends too much" -> nobody.send("x".repeat((16 << 20) + 1));
            case "its observer goes in circles" -> throw circle();
            case "its observer breaks" -> throw new StackOverflowError("as asked");
            default -> {}
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    CountDownLatch closeGate() {
        gate = new CountDownLatch(1);
        return gate;
    }

    List<String> calls() {
        return calls;
    }
}
