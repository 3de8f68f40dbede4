package dev.aegis.bench.scene;

import dev.aegis.bench.contestant.Contestant;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** What makes life harder for a queue. */
enum Burden {
    WAITING(Bar.DECAY_WAITING, Bar.DECAY_WAITING_CLAIM, "more waiting behind"),
    DELAYED(Bar.DECAY_DELAYED, Bar.DECAY_DELAYED_CLAIM, "delayed"),
    DEAD(Bar.DECAY_DEAD, Bar.DECAY_DEAD_CLAIM, "dead"),
    SNAPSHOT(Bar.DECAY_SNAPSHOT, Bar.DECAY_SNAPSHOT_CLAIM, "an old snapshot held open");

    private static final String DEAD_LETTERS = """
            INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, payload, error)
            SELECT -number, now(), 0, 10, 'single', 'text/plain', repeat('x', 100), 'java.lang.IllegalStateException'
            FROM generate_series(1, %d) number""";

    private final Bar throughput;
    private final Bar claim;
    private final String title;

    Burden(Bar throughput, Bar claim, String title) {
        this.throughput = throughput;
        this.claim = claim;
        this.title = title;
    }

    /** For how much slower messages are drained under it. */
    Bar throughput() {
        return throughput;
    }

    /** For how much longer a claim takes under it. */
    Bar claim() {
        return claim;
    }

    String title(int backlog) {
        return this == SNAPSHOT ? title : String.format(Locale.ROOT, "%,d %s", backlog, title);
    }

    /** Takes it up, beside the messages that are to be drained. Those are sent when it returns, or with it. */
    Connection takeUp(Database database, Contestant contestant, int messages, int backlog, Duration limit)
            throws SQLException {
        var session = database.address().connect();
        try {
            switch (this) {
                case WAITING -> contestant.load(messages + backlog, limit);
                case DELAYED -> {
                    contestant.team().ask("delay " + contestant.kind() + " " + backlog, limit);
                    contestant.load(messages, limit);
                }
                case DEAD -> {
                    database.execute(String.format(Locale.ROOT, DEAD_LETTERS, backlog));
                    contestant.load(messages, limit);
                }
                case SNAPSHOT -> {
                    hold(session);
                    contestant.load(messages, limit);
                }
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static void hold(Connection session) throws SQLException {
        session.setAutoCommit(false);
        session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = session.createStatement()) {
            statement.execute("SELECT count(*) FROM messaging.message");
        }
    }
}
