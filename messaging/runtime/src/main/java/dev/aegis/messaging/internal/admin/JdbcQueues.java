package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.admin.QueueDepth;
import dev.aegis.messaging.admin.QueueStatus;
import dev.aegis.messaging.admin.Queues;
import dev.aegis.messaging.internal.store.QueueName;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
class JdbcQueues implements Queues {

    private final AdminDatabase database;

    JdbcQueues(AdminDatabase database) {
        this.database = database;
    }

    @Override
    public void pause(String queue) {
        var name = QueueName.checked(queue);
        database.run(connection -> AdminStatements.pause(connection, name));
    }

    @Override
    public void resume(String queue) {
        var name = QueueName.checked(queue);
        database.run(connection -> AdminStatements.resume(connection, name));
    }

    @Override
    public boolean isPaused(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> AdminStatements.isPaused(connection, name));
    }

    @Override
    public QueueDepth depth(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> AdminStatements.depth(connection, name));
    }

    @Override
    public List<QueueStatus> all() {
        return database.run(AdminStatements::overview);
    }

    @Override
    public boolean cancel(long messageId) {
        return database.run(connection -> AdminStatements.cancel(connection, messageId));
    }

    @Override
    public boolean cancel(String queue, String uniqueKey) {
        var name = QueueName.checked(queue);
        return database.run(connection -> AdminStatements.cancel(connection, name, uniqueKey));
    }

    @Override
    public long purge(String queue) {
        var name = QueueName.checked(queue);
        return database.run(connection -> AdminStatements.purge(connection, name));
    }
}
