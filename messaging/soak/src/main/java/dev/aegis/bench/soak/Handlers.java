package dev.aegis.bench.soak;

import dev.aegis.bench.soak.task.Task;
import dev.aegis.messaging.IncomingPostgresqlBatchMetadata;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A handler for each queue. They differ in how they are called; the tasks say what they do. */
@ApplicationScoped
public class Handlers {

    private final TaskRunner runner;

    Handlers(TaskRunner runner) {
        this.runner = runner;
    }

    @Incoming("exact")
    @Blocking(ordered = false)
    @Transactional
    void exact(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("ordered")
    @Blocking(ordered = false)
    @Transactional
    void ordered(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("loose")
    @Blocking(ordered = false)
    void loose(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.withoutTransaction(task, message);
    }

    @Incoming("batch")
    @Blocking(ordered = false)
    @Transactional
    void batch(List<Task> tasks, IncomingPostgresqlBatchMetadata messages) throws SQLException {
        for (var i = 0; i < tasks.size(); i++) {
            runner.inTransaction(tasks.get(i), messages.getMessages().get(i));
        }
    }

    @Incoming("slow")
    @Blocking(ordered = false)
    @Transactional
    void slow(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("unique")
    @Blocking(ordered = false)
    @Transactional
    void unique(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("limited")
    @Blocking(ordered = false)
    @Transactional
    void limited(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("doomed")
    @Blocking(ordered = false)
    @Transactional
    void doomed(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("fleeting")
    @Blocking(ordered = false)
    @Transactional
    void fleeting(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("news-left")
    @Blocking(ordered = false)
    @Transactional
    void newsLeft(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("news-right")
    @Blocking(ordered = false)
    @Transactional
    void newsRight(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }

    @Incoming("revoked")
    @Blocking(ordered = false)
    @Transactional
    void revoked(Task task, IncomingPostgresqlMetadata message) throws SQLException {
        runner.inTransaction(task, message);
    }
}
