package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;

/**
 * The result of an inspection.
 *
 * @param outcome passed, repaired or condemned
 * @param rating the defense rating of the shield afterwards, 0 to 100
 * @param finding what was found, in a sentence
 */
public record InspectionResult(InspectionState outcome, int rating, String finding) {

    public InspectionResult {
        if (!outcome.isOutcome()) {
            throw new IllegalArgumentException("An inspection cannot be completed as " + outcome.code());
        }
        Shield.checkRating(rating);
    }
}
