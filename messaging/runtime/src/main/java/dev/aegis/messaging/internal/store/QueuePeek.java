package dev.aegis.messaging.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a look at a queue shows, without taking anything: cheaper than a claim that finds nothing. */
public record QueuePeek(boolean messageWaits, @Nullable Duration nextDueIn) {

    private static final String LOOK = """
            SELECT EXISTS (SELECT FROM messaging.message WHERE queue = ? AND claimed_by IS NULL),
                   (SELECT extract(epoch FROM min(due_at) - now()) * 1000 FROM messaging.delayed_message WHERE queue = ?)""";

    public static QueuePeek at(Connection connection, String queue) throws SQLException {
        try (var look = connection.prepareStatement(LOOK)) {
            look.setString(1, queue);
            look.setString(2, queue);
            try (var row = look.executeQuery()) {
                row.next();
                var waits = row.getBoolean(1);
                var millis = row.getLong(2);
                return new QueuePeek(waits, row.wasNull() ? null : Duration.ofMillis(millis + 1));
            }
        }
    }

    /** Whether there is nothing to claim, and nothing is due. */
    public boolean isIdle() {
        return !messageWaits && (nextDueIn == null || nextDueIn.toMillis() > 1);
    }
}
