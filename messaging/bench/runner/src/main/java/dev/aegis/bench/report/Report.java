package dev.aegis.bench.report;

import dev.aegis.bench.Settings;
import dev.aegis.bench.benchmark.Outcome;
import dev.aegis.bench.server.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * All that came of a run.
 *
 * @param rows     in the order of the bars
 * @param sections the figures behind them
 * @param facts    what they were measured on and with
 */
public record Report(Settings settings, List<Row> rows, List<ResultSection> sections, Map<String, String> facts) {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm", Locale.ROOT);
    private static final Path RESULTS = Path.of("messaging", "bench", "results");
    private static final Path PARTIAL_RESULTS = Path.of("messaging", "bench", "target", "results");

    public static Report of(Settings settings, String server, Database database, List<Outcome> outcomes)
            throws SQLException {
        var versions = new TreeSet<String>();
        outcomes.forEach(outcome -> versions.addAll(outcome.versions()));
        var facts = new LinkedHashMap<>(Machine.describe());
        facts.put("PostgreSQL", database.value("SELECT version()") + ", " + server);
        facts.put("its settings", words(database.settings()));
        facts.put("measured", String.join(", ", versions));
        facts.put("rounds", String.valueOf(settings.rounds()));
        return new Report(
                settings,
                outcomes.stream().flatMap(outcome -> outcome.rows().stream()).toList(),
                outcomes.stream()
                        .flatMap(outcome -> outcome.sections().stream())
                        .toList(),
                facts);
    }

    /** Writes table and chart; those of a whole run are kept as the latest, too. */
    public void write() throws IOException {
        var folder = settings.isWhole() ? RESULTS : PARTIAL_RESULTS;
        Files.createDirectories(folder);
        for (var name : List.of(LocalDateTime.now().format(NAME), "latest")) {
            Files.writeString(folder.resolve(name + ".md"), new Table(this, name + ".svg").text());
            Files.writeString(folder.resolve(name + ".svg"), new Chart(sections).svg());
        }
    }

    private static String words(Map<String, String> settings) {
        return String.join(
                ", ",
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }
}
