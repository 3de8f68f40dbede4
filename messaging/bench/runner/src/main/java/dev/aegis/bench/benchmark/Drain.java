package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.server.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how fast waiting messages are handled. The clock starts when the first message was handled, so that nobody
 * pays for starting up, and stops when the database holds no unfinished message.
 */
final class Drain {

    private static final AtomicInteger ROUNDS = new AtomicInteger();
    private static final long GLANCE_MICROS = 500;

    private final Database database;
    private final Duration limit;

    Drain(Database database, Duration limit) {
        this.database = database;
        this.limit = limit;
    }

    /** How many messages a second were handled and acknowledged, from clean tables. */
    double round(Competitor competitor, int messages) throws SQLException {
        database.execute(competitor.clearing());
        competitor.load(messages, limit);
        database.settle();
        try {
            return run(competitor, messages, true);
        } finally {
            competitor.end();
            database.execute(competitor.clearing());
        }
    }

    /** The same with what waits already; {@code toTheEnd} waits for the acknowledgements too. The handlers run on. */
    double run(Competitor competitor, int messages, boolean toTheEnd) throws SQLException {
        var round = "r" + ROUNDS.incrementAndGet();
        competitor.begin(round);
        var deadline = System.nanoTime() + limit.toNanos();
        while (competitor.handled(round) == 0) {
            glance(competitor, deadline, "handled nothing");
        }
        // The first count is said up to five milliseconds after the first message.
        var begun = System.nanoTime();
        while (competitor.handled(round) < messages) {
            glance(competitor, deadline, "handled " + competitor.handled(round) + " of " + messages);
        }
        while (toTheEnd && database.value(competitor.unfinished()).equals("t")) {
            glance(competitor, deadline, "did not acknowledge all");
        }
        return messages / ((System.nanoTime() - begun) / 1e9);
    }

    private void glance(Competitor competitor, long deadline, String so) {
        competitor.check();
        if (System.nanoTime() > deadline) {
            throw new CompetitorFailure(competitor.name(), so + " in " + limit.toSeconds() + " s");
        }
        try {
            TimeUnit.MICROSECONDS.sleep(GLANCE_MICROS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
