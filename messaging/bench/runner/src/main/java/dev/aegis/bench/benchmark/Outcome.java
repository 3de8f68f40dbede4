package dev.aegis.bench.benchmark;

import dev.aegis.bench.report.ResultSection;
import dev.aegis.bench.report.Row;
import java.util.List;
import java.util.Set;

/**
 * The result of a benchmark.
 *
 * @param rows     the rows that it was to measure
 * @param sections the figures behind them
 * @param versions the libraries that took part
 */
public record Outcome(List<Row> rows, List<ResultSection> sections, Set<String> versions) {}
