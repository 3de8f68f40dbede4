package dev.aegis.worker.inspection;

import static dev.aegis.model.shield.Shield.MAX_DEFENSE_RATING;
import static dev.aegis.model.shield.Shield.MIN_DEFENSE_RATING;

import java.time.Duration;

/**
 * How a shield comes to its examination.
 *
 * @param rating its defense rating when it was last looked after, 0 to 100
 * @param age how long ago that was; never negative
 */
record Condition(int rating, Duration age) {

    Condition {
        if (rating < MIN_DEFENSE_RATING || rating > MAX_DEFENSE_RATING) {
            throw new IllegalArgumentException("A rating is from 0 to 100, not " + rating);
        }
        if (age.isNegative()) {
            throw new IllegalArgumentException("An age is not negative, as is " + age);
        }
    }
}
