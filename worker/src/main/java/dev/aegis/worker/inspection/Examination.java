package dev.aegis.worker.inspection;

import static dev.aegis.model.inspection.InspectionState.CONDEMNED;
import static dev.aegis.model.inspection.InspectionState.PASSED;
import static dev.aegis.model.inspection.InspectionState.REPAIRED;

import dev.aegis.model.shield.Shield;

/**
 * The rules by which a shield is judged: a function of its {@link Condition} and of nothing else.
 *
 * <p>A shield wears by a point for each full day that nobody looks after it. One that is still battle-worthy passes; a
 * weaker one is mended; one that has all but fallen apart is condemned.
 */
public final class Examination {

    /** The rating from which on a shield is fit for battle. */
    public static final int BATTLE_WORTHY = 50;

    /** The rating from which on a shield can be mended. */
    static final int MENDABLE = 5;

    /** What mending adds to the rating. */
    static final int MENDING = 20;

    private Examination() {}

    static Verdict of(Condition condition) {
        var wear = wearOf(condition);
        var rating = condition.rating() - wear;
        var found = wear == 0 ? "Found at " + rating : "Worn by " + wear + " to " + rating;
        if (rating >= BATTLE_WORTHY) {
            return new Verdict(PASSED, rating, found + ": sound");
        }
        if (rating >= MENDABLE) {
            var mended = rating + MENDING;
            return new Verdict(REPAIRED, mended, found + ": mended to " + mended);
        }
        return new Verdict(CONDEMNED, Shield.MIN_DEFENSE_RATING, found + ": beyond repair");
    }

    private static int wearOf(Condition condition) {
        return (int) Math.min(condition.age().toDays(), condition.rating());
    }
}
