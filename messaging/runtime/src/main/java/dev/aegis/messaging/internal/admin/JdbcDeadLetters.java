package dev.aegis.messaging.internal.admin;

import dev.aegis.messaging.admin.DeadLetter;
import dev.aegis.messaging.admin.DeadLetters;
import dev.aegis.messaging.internal.store.QueueName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

@Singleton
class JdbcDeadLetters implements DeadLetters {

    private static final int MAX_LISTED = 10_000;
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    private final AdminDatabase database;

    JdbcDeadLetters(AdminDatabase database) {
        this.database = database;
    }

    @Override
    public List<DeadLetter> list(String queue, int limit) {
        var name = QueueName.checked(queue);
        checkLimit(limit);
        return database.run(connection -> DeadLetterStatements.list(connection, name, limit));
    }

    @Override
    public List<DeadLetter> listBefore(DeadLetter last, int limit) {
        checkLimit(limit);
        return database.run(connection -> DeadLetterStatements.listBefore(connection, last, limit));
    }

    @Override
    public boolean resend(long id) {
        return database.run(connection -> DeadLetterStatements.resend(connection, id));
    }

    @Override
    public long resendAll(String queue, int limit) {
        var name = QueueName.checked(queue);
        return database.run(connection -> DeadLetterStatements.resendAll(connection, name, limit));
    }

    @Override
    public boolean drop(long id) {
        return database.run(connection -> DeadLetterStatements.drop(connection, id));
    }

    @Override
    public long dropOlderThan(String queue, Duration age) {
        var name = QueueName.checked(queue);
        if (age.isNegative() || age.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("dead letters are 0 to 36500 days old, not " + age);
        }
        return database.run(connection -> DeadLetterStatements.dropOlderThan(connection, name, age));
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("1 to " + MAX_LISTED + " dead letters are listed, not " + limit);
        }
    }
}
