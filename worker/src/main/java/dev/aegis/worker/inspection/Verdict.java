package dev.aegis.worker.inspection;

import dev.aegis.model.inspection.InspectionState;

/**
 * What an examination comes to.
 *
 * @param outcome passed, repaired or condemned
 * @param rating the defense rating with which the shield leaves, 0 to 100
 * @param finding what was found, in a sentence
 */
record Verdict(InspectionState outcome, int rating, String finding) {}
