package dev.aegis.messaging.internal.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Says once that the database is away and once that it is back, and how long to wait between two tries. */
public final class Backoff {

    private static final Logger LOG = Logger.getLogger(Backoff.class);
    private static final long LONGEST_MILLIS = 2_000;

    /** What PostgreSQL calls undefined: a table, a column, a function, a schema. */
    private static final Set<String> ABSENT = Set.of("42P01", "42703", "42883", "3F000");

    private final String who;
    private int failures;

    public Backoff(String who) {
        this.who = who;
    }

    public synchronized void began(Throwable cause) {
        if (failures++ == 0) {
            LOG.warnf("%s waits for the database: %s%s", who, text(cause), hint(cause));
            LOG.debug(who, cause);
        }
    }

    private static Object text(Throwable cause) {
        return cause instanceof SQLException ? String.valueOf(cause.getMessage()) : cause;
    }

    private static String hint(Throwable cause) {
        return cause instanceof SQLException refused && ABSENT.contains(String.valueOf(refused.getSQLState()))
                ? " (run the migrations of the connector, db/messaging)"
                : "";
    }

    public synchronized void ended() {
        if (failures > 0) {
            LOG.infof("%s goes on", who);
            failures = 0;
        }
    }

    public synchronized Duration next() {
        var longest = Math.min(LONGEST_MILLIS, 50L << Math.min(failures, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
