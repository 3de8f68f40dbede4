package dev.aegis.bench.benchmark;

import dev.aegis.bench.Progress;
import dev.aegis.bench.competitor.CompetitorFailure;
import dev.aegis.bench.report.Measurement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Measures several in turn, round after round, so that a slow minute of the machine hits all alike. */
final class Interleaved {

    private static final int STEADY_RESULTS = 3;
    private static final double CLEARLY_BETTER = 1.05;
    private static final int MAX_WARM_UPS = 20;

    private final int rounds;
    private final String unit;
    private final Map<String, Probe> measurements = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /** Measures once. */
    @FunctionalInterface
    interface Probe {
        double measure() throws SQLException;
    }

    Interleaved(int rounds, String unit) {
        this.rounds = rounds;
        this.unit = unit;
    }

    Interleaved add(String name, Probe measurement) {
        measurements.put(name, measurement);
        return this;
    }

    void fail(String name, String why) {
        failures.put(name, why);
    }

    /** Measures once, and forgets the result. */
    Interleaved warmUp(String name, Probe measurement) {
        if (!failures.containsKey(name)) {
            attempt(name, "warm-up", measurement, new ArrayList<>());
        }
        return this;
    }

    /** Measures until the results rise no more, as when Java has compiled what is hot, and forgets them. Less is better in ms. */
    Interleaved warmUpUntilSteady(String name, Probe measurement) {
        var results = new ArrayList<Double>();
        while (!failures.containsKey(name) && results.size() < MAX_WARM_UPS && !isSteady(results)) {
            attempt(name, "warm-up", measurement, results);
        }
        return this;
    }

    /** Whether none of the last three is clearly better than the best before them. */
    private boolean isSteady(List<Double> results) {
        var before = results.size() - STEADY_RESULTS;
        if (before < 1) {
            return false;
        }
        var rates = results.stream()
                .map(result -> unit.equals("ms") ? 1 / result : result)
                .toList();
        return Collections.max(rates.subList(before, rates.size()))
                < Collections.max(rates.subList(0, before)) * CLEARLY_BETTER;
    }

    /** The figures of all, in the order of their turns; those that failed last. */
    List<Measurement> run() {
        var results = new LinkedHashMap<String, List<Double>>();
        measurements.keySet().forEach(name -> results.put(name, new ArrayList<>()));
        var order = new ArrayList<>(measurements.keySet());
        for (var round = 1; round <= rounds; round++) {
            for (var name : order) {
                if (!failures.containsKey(name)) {
                    attempt(
                            name,
                            "round " + round,
                            Objects.requireNonNull(measurements.get(name)),
                            Objects.requireNonNull(results.get(name)));
                }
            }
            // Nobody is always the first, nor always behind the same one.
            Collections.rotate(order, 1);
        }
        var measurements = new ArrayList<Measurement>();
        results.forEach((name, values) -> {
            if (!failures.containsKey(name)) {
                measurements.add(Measurement.of(name, values));
            }
        });
        failures.forEach((name, why) -> measurements.add(Measurement.failed(name, why)));
        return measurements;
    }

    private void attempt(String name, String when, Probe measurement, List<Double> results) {
        try {
            var result = measurement.measure();
            results.add(result);
            Progress.say("%-28s %-8s %s", name, when, String.format(Locale.ROOT, "%,.1f %s", result, unit));
        } catch (CompetitorFailure | SQLException e) {
            Progress.say("%-28s %-8s failed: %s", name, when, String.valueOf(e.getMessage()));
            failures.put(name, String.valueOf(e.getMessage()));
        }
    }
}
