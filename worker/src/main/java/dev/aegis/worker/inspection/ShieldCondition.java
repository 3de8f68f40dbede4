package dev.aegis.worker.inspection;

import dev.aegis.model.shield.Shield;
import java.time.Duration;
import java.time.Instant;

/**
 * The condition of a shield before its inspection.
 *
 * @param rating its defense rating after its last inspection, 0 to 100
 * @param age how long ago that was, or how long ago the shield was created if there was none; never negative
 */
record ShieldCondition(int rating, Duration age) {

    ShieldCondition {
        Shield.checkRating(rating);
        if (age.isNegative()) {
            throw new IllegalArgumentException("An age must not be negative: " + age);
        }
    }

    static ShieldCondition of(Shield shield, Instant now) {
        return new ShieldCondition(shield.defenseRating, shield.sinceLastInspection(now));
    }
}
