package dev.aegis.bench.benchmark;

import dev.aegis.bench.competitor.Competitor;
import dev.aegis.bench.report.RowSpec;
import dev.aegis.bench.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/** What makes life harder for a queue. */
enum Backlog {
    WAITING(RowSpec.DECAY_WAITING, RowSpec.DECAY_WAITING_CLAIM, "more waiting behind"),
    DELAYED(RowSpec.DECAY_DELAYED, RowSpec.DECAY_DELAYED_CLAIM, "delayed"),
    DEAD(RowSpec.DECAY_DEAD, RowSpec.DECAY_DEAD_CLAIM, "dead"),
    SNAPSHOT(RowSpec.DECAY_SNAPSHOT, RowSpec.DECAY_SNAPSHOT_CLAIM, "an old snapshot held open");

    private static final String DEAD_LETTERS = """
            INSERT INTO messaging.dead_letter (id, sent_at, priority, attempts, queue, content_type, payload, error)
            SELECT -number, now(), 0, 10, 'single', 'text/plain', repeat('x', 100), 'java.lang.IllegalStateException'
            FROM generate_series(1, %d) number""";

    private final RowSpec throughput;
    private final RowSpec claim;
    private final String title;

    Backlog(RowSpec throughput, RowSpec claim, String title) {
        this.throughput = throughput;
        this.claim = claim;
        this.title = title;
    }

    /** For how much slower messages are drained under it. */
    RowSpec throughput() {
        return throughput;
    }

    /** For how much longer a claim takes under it. */
    RowSpec claim() {
        return claim;
    }

    String title(int backlog) {
        return this == SNAPSHOT ? title : String.format(Locale.ROOT, "%,d %s", backlog, title);
    }

    /** Takes it up, beside the messages that are to be drained. Those are sent when it returns, or with it. */
    Connection takeUp(Database database, Competitor competitor, int messages, int backlog, Duration limit)
            throws SQLException {
        var session = database.address().connect();
        try {
            switch (this) {
                case WAITING -> competitor.load(messages + backlog, limit);
                case DELAYED -> {
                    competitor.group().ask("delay " + competitor.kind() + " " + backlog, limit);
                    competitor.load(messages, limit);
                }
                case DEAD -> {
                    database.execute(String.format(Locale.ROOT, DEAD_LETTERS, backlog));
                    competitor.load(messages, limit);
                }
                case SNAPSHOT -> {
                    hold(session);
                    competitor.load(messages, limit);
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
