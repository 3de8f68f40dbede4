package dev.aegis.bench.soak.check;

import dev.aegis.bench.soak.plan.Keys;
import dev.aegis.bench.soak.plan.Queues;
import dev.aegis.bench.soak.task.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Whether each send with a unique key had its consequence. */
public record Unseen(Tables tables, Collection<Dispatch> dispatches) {

    /**
     * Sends with a unique key that no handler knows of. One that was dropped because another waited is seen by the handler of a
     * message that was there when it was committed; one that was replaced, by that of a later one.
     */
    public List<Violation> violations() throws SQLException {
        tellUniqueKeys();
        var violations = new ArrayList<Violation>();
        violations.addAll(tables.list(
                """
                SELECT s.task, p.key FROM soak.sent s JOIN soak.planned p USING (task)
                WHERE NOT EXISTS (SELECT FROM soak.effect own WHERE own.task = s.task)
                  AND NOT EXISTS (
                      SELECT FROM soak.planned other JOIN soak.effect e USING (task)
                      WHERE other.key = p.key AND pg_visible_in_snapshot(s.xid, e.snapshot)
                        AND (NOT p.keep OR e.sent_at <= coalesce(pg_xact_commit_timestamp(s.xid::xid), 'infinity')))
                """,
                row -> new Violation(
                        "sent with the unique key " + row.getString(2) + ", and no handler knows of it",
                        row.getString(1))));
        violations.addAll(tables.list(
                """
                SELECT last.task, last.key FROM (
                    SELECT DISTINCT ON (p.key) p.key, s.task FROM soak.sent s JOIN soak.planned p USING (task)
                    WHERE p.replace AND pg_xact_commit_timestamp(s.xid::xid) IS NOT NULL
                    ORDER BY p.key, pg_xact_commit_timestamp(s.xid::xid) DESC, s.n DESC) last
                WHERE NOT EXISTS (SELECT FROM soak.effect e WHERE e.task = last.task)
                """,
                row -> new Violation(
                        "the last one that replaces others with the unique key " + row.getString(2)
                                + " was not handled",
                        row.getString(1))));
        return violations;
    }

    private void tellUniqueKeys() throws SQLException {
        try (var statement = tables.connection().createStatement()) {
            statement.execute(
                    "CREATE TABLE soak.planned (task text PRIMARY KEY, key text, keep boolean, replace boolean)");
        }
        var alone = new HashSet<String>();
        for (var dispatch : dispatches) {
            if (dispatch.step().mode() == Step.Mode.ALONE
                    && dispatch.message().task().uniqueKey() != null) {
                alone.add(dispatch.message().task().uniqueKey());
            }
        }
        try (var insert = tables.connection().prepareStatement("INSERT INTO soak.planned VALUES (?, ?, ?, ?)")) {
            for (var dispatch : dispatches) {
                var key = dispatch.message().task().uniqueKey();
                if (key != null && dispatch.message().queue().equals(Queues.UNIQUE)) {
                    insert.setString(1, dispatch.id());
                    insert.setString(2, key);
                    insert.setBoolean(3, Keys.alwaysKeeps(key));
                    // When those were committed that were sent alone is not known.
                    insert.setBoolean(4, Keys.alwaysReplaces(key) && !alone.contains(key));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
        try (var statement = tables.connection().createStatement()) {
            statement.execute(
                    "CREATE INDEX ON soak.planned (key); CREATE INDEX ON soak.effect (task); ANALYZE soak.planned;"
                            + " ANALYZE soak.effect; ANALYZE soak.sent");
        }
    }
}
