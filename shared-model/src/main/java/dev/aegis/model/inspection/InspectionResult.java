package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;

/**
 * What an inspection comes to.
 *
 * @param outcome passed, repaired or condemned
 * @param rating the defense rating with which the shield leaves, 0 to 100
 * @param finding what was found, in a sentence
 */
public record InspectionResult(InspectionState outcome, int rating, String finding) {

    public InspectionResult {
        if (!outcome.isOutcome()) {
            throw new IllegalArgumentException("An inspection does not end as " + outcome.code());
        }
        Shield.checkRating(rating);
    }
}
