package dev.aegis.bench.report;

import dev.aegis.bench.Settings;
import dev.aegis.bench.scene.Outcome;
import dev.aegis.bench.server.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** All that came of a run. */
public record Report(List<Row> rows) {

    public static Report of(Settings settings, String server, Database database, List<Outcome> outcomes)
            throws SQLException {
        return new Report(
                outcomes.stream().flatMap(outcome -> outcome.rows().stream()).toList());
    }

    public void write() throws IOException {}
}
