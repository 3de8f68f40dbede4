package dev.aegis.model.shield;

import static java.util.Objects.requireNonNull;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** A shield that the armoury keeps battle-worthy. Whoever changes one locks it first, so that no change undoes another. */
@Entity
public class Shield {

    /** The longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 100;

    /** The rating of a new shield if none is given. */
    public static final int DEFAULT_DEFENSE_RATING = 10;

    public static final int MIN_DEFENSE_RATING = 0;
    public static final int MAX_DEFENSE_RATING = 100;

    /** Given by the database when the shield is saved; 0 until then. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public long id;

    public String name;

    /** From 0 (splinters) to 100 (dragon-proof). */
    public int defenseRating = DEFAULT_DEFENSE_RATING;

    /** Set by the database when the shield is saved; null until then. */
    @Generated
    @Column(insertable = false, updatable = false)
    public @Nullable Instant createdAt;

    /** When the last inspection ended; null if there was none. */
    public @Nullable Instant inspectedAt;

    public Shield(String name) {
        this.name = name;
    }

    public Shield(String name, int defenseRating) {
        this.name = name;
        this.defenseRating = defenseRating;
    }

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Shield() {}

    /**
     * Records that an inspection ended with this rating.
     *
     * @param now the time by the clock of the database
     */
    public void recordInspection(int rating, Instant now) {
        checkRating(rating);
        defenseRating = rating;
        inspectedAt = now;
    }

    /** How long ago the last inspection ended or, if there was none, the shield was created; never negative. */
    public Duration sinceLastInspection(Instant now) {
        var since = inspectedAt == null ? requireNonNull(createdAt, "The shield is not saved") : inspectedAt;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** @throws IllegalArgumentException if no shield can have this rating */
    public static void checkRating(int rating) {
        if (rating < MIN_DEFENSE_RATING || rating > MAX_DEFENSE_RATING) {
            throw new IllegalArgumentException("A rating must be between 0 and 100, not " + rating);
        }
    }
}
