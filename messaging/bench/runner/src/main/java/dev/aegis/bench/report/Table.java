package dev.aegis.bench.report;

import java.util.stream.Collectors;

/** A report in Markdown. */
record Table(Report report, String chart) {

    String text() {
        var text = new StringBuilder("# Measured\n\n");
        text.append("| row | what | ratio | bar | | figures |\n|---|---|---|---|---|---|\n");
        report.rows().forEach(row -> text.append(line(row)));
        text.append("\n![Chart](").append(chart).append(")\n");
        report.chapters().forEach(chapter -> append(chapter, text));
        text.append("\n## On and with\n\n| | |\n|---|---|\n");
        report.facts().forEach((name, fact) -> text.append("| " + name + " | " + escaped(fact) + " |\n"));
        return text.toString();
    }

    private static String line(Row row) {
        var bar = row.bar();
        return "| `" + bar.row() + "` | " + bar.description() + " | " + row.ratioText() + " | "
                + bar.sense().sign() + " " + Numbers.of(bar.bar()) + " | " + row.verdict() + " | " + escaped(row.note())
                + " |\n";
    }

    private static void append(Chapter chapter, StringBuilder text) {
        text.append("\n## ").append(chapter.title()).append("\n\n");
        text.append("| | ").append(chapter.unit()).append(", median | rounds |\n|---|---|---|\n");
        for (var figure : chapter.figures()) {
            var rounds = figure.rounds().stream().map(Numbers::of).collect(Collectors.joining(", "));
            text.append("| ").append(figure.contestant());
            text.append(" | ").append(figure.failure() == null ? Numbers.of(figure.median()) : "-");
            text.append(" | ").append(figure.failure() == null ? rounds : escaped(figure.failure()));
            text.append(" |\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
