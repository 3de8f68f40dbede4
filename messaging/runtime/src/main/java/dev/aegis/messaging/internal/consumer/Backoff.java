package dev.aegis.messaging.internal.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** The pauses between tries while the database is away. Logs once that it is away, and once that it is back. */
public final class Backoff {

    private static final Logger LOG = Logger.getLogger(Backoff.class);
    private static final long MAX_MILLIS = 2_000;

    /** Undefined table, column, function, schema: PostgreSQL, appendix A. */
    private static final Set<String> UNDEFINED = Set.of("42P01", "42703", "42883", "3F000");

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
        return cause instanceof SQLException refused && UNDEFINED.contains(String.valueOf(refused.getSQLState()))
                ? " (the schema of the connector is missing or old: see its setting migrate-at-start)"
                : "";
    }

    public synchronized void ended() {
        if (failures > 0) {
            LOG.infof("%s goes on", who);
            failures = 0;
        }
    }

    public synchronized Duration next() {
        var longest = Math.min(MAX_MILLIS, 50L << Math.min(failures, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
