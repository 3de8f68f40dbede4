package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.contestant.ContestantFailure;
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
    double round(Contestant contestant, int messages) throws SQLException {
        database.execute(contestant.clearing());
        contestant.load(messages, limit);
        database.settle();
        try {
            return run(contestant, messages, true);
        } finally {
            contestant.end();
            database.execute(contestant.clearing());
        }
    }

    /** The same with what waits already; {@code toTheEnd} waits for the acknowledgements too. The handlers run on. */
    double run(Contestant contestant, int messages, boolean toTheEnd) throws SQLException {
        var round = "r" + ROUNDS.incrementAndGet();
        contestant.begin(round);
        var deadline = System.nanoTime() + limit.toNanos();
        while (contestant.handled(round) == 0) {
            glance(contestant, deadline, "handled nothing");
        }
        // The first count is said up to five milliseconds after the first message.
        var begun = System.nanoTime();
        while (contestant.handled(round) < messages) {
            glance(contestant, deadline, "handled " + contestant.handled(round) + " of " + messages);
        }
        while (toTheEnd && database.value(contestant.unfinished()).equals("t")) {
            glance(contestant, deadline, "did not acknowledge all");
        }
        return messages / ((System.nanoTime() - begun) / 1e9);
    }

    private void glance(Contestant contestant, long deadline, String so) {
        contestant.check();
        if (System.nanoTime() > deadline) {
            throw new ContestantFailure(contestant.name(), so + " in " + limit.toSeconds() + " s");
        }
        try {
            TimeUnit.MICROSECONDS.sleep(GLANCE_MICROS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
