package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.Competitor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A drain under a burden, or under none; it watches the time of the claims too. */
final class BacklogDrain {

    private static final int TO_ANSWER_SECONDS = 5;
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Environment environment;
    private final Competitor competitor;
    private final @Nullable Backlog backlog;
    private final boolean counted;
    private final List<Double> claims = new ArrayList<>();

    BacklogDrain(Environment environment, Competitor competitor, @Nullable Backlog backlog, boolean counted) {
        this.environment = environment;
        this.competitor = competitor;
        this.backlog = backlog;
        this.counted = counted;
    }

    /** Drains without a burden, as many as count later: who comes first must not be the coldest. */
    double warmUp() throws SQLException {
        var settings = environment.settings();
        return new Drain(environment.database(), settings.limit())
                .round(competitor, Math.max(settings.warmUp(), settings.messages()));
    }

    /** How many messages a second were handled. */
    double round() throws SQLException {
        var database = environment.database();
        database.execute(competitor.clearing());
        try (var held = takeUp()) {
            database.settle();
            var claimTime = new ClaimTime(database);
            if (counted) {
                claimTime.reset();
            }
            var rate = new Drain(database, environment.settings().limit())
                    .run(competitor, environment.settings().messages(), false);
            if (counted) {
                claims.add(claimTime.read());
            }
            if (!held.isValid(TO_ANSWER_SECONDS)) {
                throw new SQLException("The session that was to stay open has been lost");
            }
            return rate;
        } finally {
            competitor.end();
            awaitQuiet();
            database.execute(competitor.clearing());
        }
    }

    /** Milliseconds of the claim for a thousand messages, in each round. */
    List<Double> claims() {
        return claims;
    }

    private Connection takeUp() throws SQLException {
        var settings = environment.settings();
        if (backlog == null) {
            competitor.load(settings.messages(), settings.limit());
            return environment.database().address().connect();
        }
        return backlog.takeUp(
                environment.database(), competitor, settings.messages(), settings.backlog(), settings.limit());
    }

    /** What was claimed before the queue was paused is handled yet. */
    private static void awaitQuiet() {
        try {
            TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
