package dev.aegis.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a bar is held.
 *
 * @param bar   the bar
 * @param ratio what was reached; null when it could not be measured
 * @param note  which figures it comes from, or why there are none
 * @param isLeftOut whether it was not measured because this machine has not what it compares with
 */
public record Row(Bar bar, @Nullable Double ratio, String note, boolean isLeftOut) {

    public Row(Bar bar, @Nullable Double ratio, String note) {
        this(bar, ratio, note, false);
    }

    /** Against the best of the others: the fastest for a bar from below, the lowest for one from above. */
    public static Row against(Bar bar, Figure own, List<Figure> others, String unit) {
        for (var figure : others) {
            if (figure.failure() != null) {
                return missed(bar, figure.failure());
            }
        }
        if (own.failure() != null) {
            return missed(bar, own.failure());
        }
        var best = others.stream()
                .max((one, other) -> bar.sense() == Bar.Sense.AT_LEAST
                        ? Double.compare(one.median(), other.median())
                        : Double.compare(other.median(), one.median()))
                .orElseThrow();
        return new Row(
                bar,
                own.median() / best.median(),
                String.format(
                        Locale.ROOT,
                        "%s %s against %s of %s",
                        Numbers.of(own.median()),
                        unit,
                        Numbers.of(best.median()),
                        best.contestant()));
    }

    /**
     * Against another that was measured in turn with it: the median of the ratios of their rounds. What slows a pair of rounds
     * slows both, and has less weight than in the ratio of the medians.
     */
    public static Row inPairs(Bar bar, Figure own, Figure other, String unit) {
        var medians = against(bar, own, List.of(other), unit);
        if (medians.ratio() == null) {
            return medians;
        }
        var ratios = IntStream.range(0, own.rounds().size())
                .mapToObj(round -> own.rounds().get(round) / other.rounds().get(round))
                .toList();
        return new Row(bar, Figure.of(own.contestant(), ratios).median(), medians.note());
    }

    /** By how much the second is slower than the first, both being rates. */
    public static Row slowdown(Bar bar, Figure before, Figure after, String unit) {
        if (before.failure() != null || after.failure() != null) {
            return missed(bar, before.failure() != null ? before.failure() : String.valueOf(after.failure()));
        }
        return new Row(
                bar,
                before.median() / after.median(),
                Numbers.of(after.median()) + " " + unit + " against " + Numbers.of(before.median()));
    }

    /** By how much the second takes longer than the first, both being times. */
    public static Row growth(Bar bar, Figure before, Figure after, String unit) {
        if (before.failure() != null || after.failure() != null) {
            return missed(bar, before.failure() != null ? before.failure() : String.valueOf(after.failure()));
        }
        return new Row(
                bar,
                after.median() / before.median(),
                Numbers.of(after.median()) + " " + unit + " against " + Numbers.of(before.median()));
    }

    /** A figure that is held against a number, not against another figure. */
    public static Row absolute(Bar bar, Figure figure, String unit) {
        return figure.failure() != null
                ? missed(bar, figure.failure())
                : new Row(bar, figure.median(), Numbers.of(figure.median()) + " " + unit);
    }

    public static Row missed(Bar bar, String why) {
        return new Row(bar, null, why);
    }

    /** A row that is neither held nor short, because what it compares with is not on this machine. */
    public static Row leftOut(Bar bar, String why) {
        return new Row(bar, null, why, true);
    }

    /** Whether the run has failed by it. */
    public boolean isShort() {
        return !isLeftOut && !isHeld();
    }

    public boolean isHeld() {
        return ratio != null && bar.isHeldBy(ratio);
    }

    /** The line of the result: {@code row NAME ratio X bar Y held|short|left-out}. */
    public String line() {
        return "row " + bar.row() + " ratio " + ratioText() + " bar " + Numbers.of(bar.bar()) + " " + verdict();
    }

    String ratioText() {
        return ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
    }

    String verdict() {
        return isLeftOut ? "left-out" : isHeld() ? "held" : "short";
    }
}
