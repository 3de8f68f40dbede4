package dev.aegis.bench.report;

import java.util.List;

/**
 * Figures of one kind, side by side.
 *
 * @param title   what was measured
 * @param unit    of the figures
 * @param measurements one for each competitor
 * @param charted whether they belong into the chart
 */
public record ResultSection(String title, String unit, List<Measurement> measurements, boolean charted) {}
