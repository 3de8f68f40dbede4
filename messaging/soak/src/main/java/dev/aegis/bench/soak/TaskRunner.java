package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.bench.soak.task.Task;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Does what tasks say. */
@Singleton
class TaskRunner {

    private static final int LONGER_THAN_ALLOWED = 1200;

    private final Effects effects;
    private final TaskSender sender;

    TaskRunner(Effects effects, TaskSender sender) {
        this.effects = effects;
        this.sender = sender;
    }

    /** All in the transaction of the caller; what goes wrong goes wrong after the effect was written. */
    void inTransaction(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        var calledAt = Instant.now();
        var effect = effects.write(task, message, calledAt);
        behave(task, message.getAttempt());
        for (var next : task.onward()) {
            sender.send(next);
            effects.sent(next.task(), 0);
        }
        if (task.orderingKey() != null || task.behavior() == HandlerBehavior.SLEEP) {
            effects.end(effect);
        }
    }

    /** What goes wrong goes wrong before the effect is written, but for the end of the process: that follows it. */
    void withoutTransaction(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        var calledAt = Instant.now();
        if (task.behavior() != HandlerBehavior.HALT) {
            behave(task, message.getAttempt());
        }
        task.onward().forEach(sender::send);
        effects.write(task, message, calledAt);
        if (task.behavior() == HandlerBehavior.HALT) {
            behave(task, message.getAttempt());
        }
    }

    private static void behave(Task task, int attempt) {
        if (task.behavior() == HandlerBehavior.SLEEP) {
            sleep(task.times());
        } else if (attempt <= task.times()) {
            misbehave(task);
        }
    }

    private static void misbehave(Task task) {
        switch (task.behavior()) {
            case THROW -> throw new IllegalStateException("thrown by " + task.id());
            case REFUSE -> throw new RefusedException(task.id());
            case ROLL_BACK -> QuarkusTransaction.setRollbackOnly();
            case HALT -> Runtime.getRuntime().halt(HandlerBehavior.HALTED);
            case DAWDLE -> sleep(LONGER_THAN_ALLOWED);
            case WORK, SLEEP -> {}
        }
    }

    private static void sleep(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
