package dev.aegis.bench.report;

import java.util.List;
import java.util.Locale;

/** The charted chapters as horizontal bars, in SVG. */
record Chart(List<ResultSection> sections) {

    private static final int WIDTH = 760;
    private static final int NAMES = 250;
    private static final int FIGURES = 90;
    private static final int LINE = 24;
    private static final int MARGIN = 16;
    private static final String OWN = "Aegis";

    String svg() {
        var body = new StringBuilder();
        var y = MARGIN;
        for (var section : charted()) {
            y = append(section, y, body);
        }
        return String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
                font-family="system-ui, sans-serif" font-size="13">
                <rect width="%1$d" height="%2$d" fill="#ffffff"/>
                %3$s</svg>
                """, WIDTH, y, body);
    }

    private List<ResultSection> charted() {
        return sections.stream().filter(ResultSection::charted).toList();
    }

    private static int append(ResultSection section, int top, StringBuilder body) {
        var y = top + LINE / 2;
        body.append(text(MARGIN, y, "start", section.title() + ": " + section.unit(), " font-weight=\"bold\""));
        y += LINE / 2;
        var measurements = section.measurements().stream()
                .filter(measurement -> measurement.failure() == null)
                .toList();
        var longest =
                measurements.stream().mapToDouble(Measurement::median).max().orElse(1);
        for (var measurement : measurements) {
            var length = measurement.median() / longest * (WIDTH - NAMES - FIGURES - MARGIN);
            var middle = y + LINE / 2 + 1;
            body.append(text(NAMES - 8, middle, "end", measurement.competitor(), ""));
            body.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    NAMES,
                    y + 3,
                    Math.max(1, length),
                    LINE - 6,
                    measurement.competitor().startsWith(OWN) ? "#2563eb" : "#94a3b8"));
            body.append(text(NAMES + (int) length + 6, middle, "start", Numbers.of(measurement.median()), ""));
            y += LINE;
        }
        return y + MARGIN;
    }

    private static String text(int x, int y, String anchor, String words, String more) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" dominant-baseline=\"middle\" fill=\"#0f172a\"%s>%s</text>%n",
                x,
                y,
                anchor,
                more,
                words.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
