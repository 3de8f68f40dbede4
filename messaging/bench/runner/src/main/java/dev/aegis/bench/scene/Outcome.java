package dev.aegis.bench.scene;

import dev.aegis.bench.report.Chapter;
import dev.aegis.bench.report.Row;
import java.util.List;
import java.util.Set;

/**
 * What came of a scene.
 *
 * @param rows     the rows that it was to measure
 * @param chapters the figures behind them
 * @param versions the libraries that took part
 */
public record Outcome(List<Row> rows, List<Chapter> chapters, Set<String> versions) {}
