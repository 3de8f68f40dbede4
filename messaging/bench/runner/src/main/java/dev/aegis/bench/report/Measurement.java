package dev.aegis.bench.report;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one competitor.
 *
 * @param competitor its name
 * @param rounds     what each round gave
 * @param failure    why it has no result; null when it has one
 */
public record Measurement(
        String competitor, List<Double> rounds, @Nullable String failure) {

    public static Measurement of(String competitor, List<Double> rounds) {
        return new Measurement(competitor, List.copyOf(rounds), null);
    }

    public static Measurement failed(String competitor, String why) {
        return new Measurement(competitor, List.of(), why);
    }

    /** The median of the rounds; the mean of the middle two when they are even in number. */
    public double median() {
        return quantile(0.5);
    }

    /** The value below which a share of the rounds lies, between two of them as their distance says. */
    public double quantile(double share) {
        if (rounds.isEmpty()) {
            throw new IllegalStateException(competitor + " has no figures");
        }
        var sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        var place = share * (sorted.length - 1);
        var below = (int) place;
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
