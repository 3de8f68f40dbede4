package dev.aegis.messaging.consumer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/** Says once that the database is away and once that it is back, and how long to wait between two tries. */
public final class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class);
    private static final long LONGEST_MILLIS = 2_000;

    private final String who;
    private int failures;

    public Outage(String who) {
        this.who = who;
    }

    public synchronized void began(Throwable cause) {
        if (failures++ == 0) {
            LOG.warnf("%s waits for the database: %s", who, cause instanceof SQLException ? cause.getMessage() : cause);
            LOG.debug(who, cause);
        }
    }

    public synchronized void ended() {
        if (failures > 0) {
            LOG.infof("%s goes on", who);
            failures = 0;
        }
    }

    public synchronized Duration backoff() {
        var longest = Math.min(LONGEST_MILLIS, 50L << Math.min(failures, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
