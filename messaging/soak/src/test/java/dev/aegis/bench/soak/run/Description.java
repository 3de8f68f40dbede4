package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.check.Dispatch;
import dev.aegis.bench.soak.check.Tables;
import dev.aegis.bench.soak.check.Violation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says of violations what is known of their tasks. */
record Description(Map<String, Dispatch> dispatches, Tables tables) {

    private static final int MOST_IN_FULL = 20;

    List<String> of(List<Violation> violations) throws SQLException {
        var described = new ArrayList<String>();
        for (var violation : violations) {
            var lines = new ArrayList<String>();
            lines.add(violation.what() + (violation.tasks().isEmpty() ? "" : ": " + violation.tasks()));
            if (described.size() < MOST_IN_FULL) {
                for (var task : violation.tasks()) {
                    lines.add("  planned: " + planned(task));
                    tables.rowsOf(task).forEach(row -> lines.add("  found:   " + row));
                }
            }
            described.add(String.join("\n", lines));
        }
        return described;
    }

    private String planned(String task) {
        var dispatch = dispatches.get(task);
        return dispatch == null
                ? "nothing"
                : "step " + dispatch.step().number() + " of lane "
                        + dispatch.step().lane() + ", " + dispatch.step().mode() + ", sent " + dispatch.sent() + ", "
                        + dispatch.message();
    }
}
