package dev.aegis.worker.inspection;

import static dev.aegis.model.inspection.InspectionState.CONDEMNED;
import static dev.aegis.model.inspection.InspectionState.PASSED;
import static dev.aegis.model.inspection.InspectionState.REPAIRED;

import dev.aegis.model.inspection.InspectionResult;
import dev.aegis.model.shield.Shield;

/**
 * The rules of an inspection, whose result depends on the {@link ShieldCondition} alone.
 *
 * <p>A shield loses a point for each full day since its last inspection. One that is still battle-worthy passes, a
 * weaker one is mended, and one that has all but fallen apart is condemned.
 */
public final class InspectionPolicy {

    /** The lowest rating of a shield that is fit for battle. */
    public static final int BATTLE_WORTHY = 50;

    /** The lowest rating of a shield that can be mended. */
    static final int MENDABLE = 5;

    /** What mending adds to the rating. */
    static final int MENDING = 20;

    private InspectionPolicy() {}

    static InspectionResult decide(ShieldCondition condition) {
        var wear = wearOf(condition);
        var rating = condition.rating() - wear;
        var found = wear == 0 ? "Found at " + rating : "Worn by " + wear + " to " + rating;
        if (rating >= BATTLE_WORTHY) {
            return new InspectionResult(PASSED, rating, found + ": sound");
        }
        if (rating >= MENDABLE) {
            var mended = rating + MENDING;
            return new InspectionResult(REPAIRED, mended, found + ": mended to " + mended);
        }
        return new InspectionResult(CONDEMNED, Shield.MIN_DEFENSE_RATING, found + ": beyond repair");
    }

    private static int wearOf(ShieldCondition condition) {
        return (int) Math.min(condition.age().toDays(), condition.rating());
    }
}
