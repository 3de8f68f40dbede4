package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Contestant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A drain under a burden, or under none; it watches the time of the claims too. */
final class BurdenedDrain {

    private static final int TO_ANSWER_SECONDS = 5;
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Stage stage;
    private final Contestant contestant;
    private final @Nullable Burden burden;
    private final boolean counted;
    private final List<Double> claims = new ArrayList<>();

    BurdenedDrain(Stage stage, Contestant contestant, @Nullable Burden burden, boolean counted) {
        this.stage = stage;
        this.contestant = contestant;
        this.burden = burden;
        this.counted = counted;
    }

    /** Drains without a burden, as many as count later: who comes first must not be the coldest. */
    double warmUp() throws SQLException {
        var settings = stage.settings();
        return new Drain(stage.database(), settings.limit())
                .round(contestant, Math.max(settings.warmUp(), settings.messages()));
    }

    /** How many messages a second were handled. */
    double round() throws SQLException {
        var database = stage.database();
        database.execute(contestant.clearing());
        try (var held = takeUp()) {
            database.settle();
            var claimTime = new ClaimTime(database);
            if (counted) {
                claimTime.reset();
            }
            var rate = new Drain(database, stage.settings().limit())
                    .run(contestant, stage.settings().messages(), false);
            if (counted) {
                claims.add(claimTime.read());
            }
            if (!held.isValid(TO_ANSWER_SECONDS)) {
                throw new SQLException("The session that was to stay open has been lost");
            }
            return rate;
        } finally {
            contestant.end();
            awaitQuiet();
            database.execute(contestant.clearing());
        }
    }

    /** Milliseconds of the claim for a thousand messages, in each round. */
    List<Double> claims() {
        return claims;
    }

    private Connection takeUp() throws SQLException {
        var settings = stage.settings();
        if (burden == null) {
            contestant.load(settings.messages(), settings.limit());
            return stage.database().address().connect();
        }
        return burden.takeUp(stage.database(), contestant, settings.messages(), settings.backlog(), settings.limit());
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
