package dev.aegis.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bar is held.
 *
 * @param spec   the bar
 * @param ratio what was reached; null when it could not be measured
 * @param note  which figures it comes from, or why there are none
 * @param isLeftOut whether it was not measured because this machine has not what it compares with
 */
public record Row(RowSpec spec, @Nullable Double ratio, String note, boolean isLeftOut) {

    public Row(RowSpec spec, @Nullable Double ratio, String note) {
        this(spec, ratio, note, false);
    }

    /** Against the best of the others: the fastest for a bar from below, the lowest for one from above. */
    public static Row against(RowSpec spec, Measurement own, List<Measurement> others, String unit) {
        for (var measurement : others) {
            if (measurement.failure() != null) {
                return missed(spec, measurement.failure());
            }
        }
        if (own.failure() != null) {
            return missed(spec, own.failure());
        }
        var best = others.stream()
                .max((one, other) -> spec.sense() == RowSpec.Sense.AT_LEAST
                        ? Double.compare(one.median(), other.median())
                        : Double.compare(other.median(), one.median()))
                .orElseThrow();
        return new Row(
                spec,
                own.median() / best.median(),
                String.format(
                        Locale.ROOT,
                        "%s %s against %s of %s",
                        Numbers.of(own.median()),
                        unit,
                        Numbers.of(best.median()),
                        best.competitor()));
    }

    /**
     * Against another that was measured in turn with it: the median of the ratios of their rounds. What slows a pair of rounds
     * slows both, and has less weight than in the ratio of the medians.
     */
    public static Row inPairs(RowSpec spec, Measurement own, Measurement other, String unit) {
        var medians = against(spec, own, List.of(other), unit);
        if (medians.ratio() == null) {
            return medians;
        }
        var ratios = IntStream.range(0, own.rounds().size())
                .mapToObj(round -> own.rounds().get(round) / other.rounds().get(round))
                .toList();
        return new Row(spec, Measurement.of(own.competitor(), ratios).median(), medians.note());
    }

    /** By how much the second is slower than the first, both being rates. */
    public static Row slowdown(RowSpec spec, Measurement before, Measurement after, String unit) {
        if (before.failure() != null || after.failure() != null) {
            return missed(spec, before.failure() != null ? before.failure() : String.valueOf(after.failure()));
        }
        return new Row(
                spec,
                before.median() / after.median(),
                Numbers.of(after.median()) + " " + unit + " against " + Numbers.of(before.median()));
    }

    /** By how much the second takes longer than the first, both being times. */
    public static Row growth(RowSpec spec, Measurement before, Measurement after, String unit) {
        if (before.failure() != null || after.failure() != null) {
            return missed(spec, before.failure() != null ? before.failure() : String.valueOf(after.failure()));
        }
        return new Row(
                spec,
                after.median() / before.median(),
                Numbers.of(after.median()) + " " + unit + " against " + Numbers.of(before.median()));
    }

    /** A figure that is held against a number, not against another figure. */
    public static Row absolute(RowSpec spec, Measurement measurement, String unit) {
        return measurement.failure() != null
                ? missed(spec, measurement.failure())
                : new Row(spec, measurement.median(), Numbers.of(measurement.median()) + " " + unit);
    }

    public static Row missed(RowSpec spec, String why) {
        return new Row(spec, null, why);
    }

    /** A row that is neither held nor short, because what it compares with is not on this machine. */
    public static Row leftOut(RowSpec spec, String why) {
        return new Row(spec, null, why, true);
    }

    /** Whether the run has failed by it. */
    public boolean isShort() {
        return !isLeftOut && !isHeld();
    }

    public boolean isHeld() {
        return ratio != null && spec.isHeldBy(ratio);
    }

    /** The line of the result: {@code row NAME ratio X bar Y held|short|left-out}. */
    public String line() {
        return "row " + spec.row() + " ratio " + ratioText() + " bar " + Numbers.of(spec.spec()) + " " + verdict();
    }

    String ratioText() {
        return ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    String verdict() {
        return isLeftOut ? "left-out" : isHeld() ? "held" : "short";
    }
}
