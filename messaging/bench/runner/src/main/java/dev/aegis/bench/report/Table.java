package dev.aegis.bench.report;

import java.util.stream.Collectors;

/** A report in Markdown. */
record Table(Report report, String chart) {

    String text() {
        var text = new StringBuilder("# Measured\n\n");
        text.append("| row | what | ratio | bar | | figures |\n|---|---|---|---|---|---|\n");
        report.rows().forEach(row -> text.append(line(row)));
        text.append("\n![Chart](").append(chart).append(")\n");
        report.sections().forEach(section -> append(section, text));
        text.append("\n## On and with\n\n| | |\n|---|---|\n");
        report.facts().forEach((name, fact) -> text.append("| " + name + " | " + escaped(fact) + " |\n"));
        return text.toString();
    }

    private static String line(Row row) {
        var spec = row.spec();
        return "| `" + spec.row() + "` | " + spec.description() + " | " + row.ratioText() + " | "
                + spec.sense().sign() + " " + Numbers.of(spec.spec()) + " | " + row.verdict() + " | "
                + escaped(row.note())
                + " |\n";
    }

    private static void append(ResultSection section, StringBuilder text) {
        text.append("\n## ").append(section.title()).append("\n\n");
        text.append("| | ").append(section.unit()).append(", median | rounds |\n|---|---|---|\n");
        for (var measurement : section.measurements()) {
            var rounds = measurement.rounds().stream().map(Numbers::of).collect(Collectors.joining(", "));
            text.append("| ").append(measurement.competitor());
            text.append(" | ").append(measurement.failure() == null ? Numbers.of(measurement.median()) : "-");
            text.append(" | ").append(measurement.failure() == null ? rounds : escaped(measurement.failure()));
            text.append(" |\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
