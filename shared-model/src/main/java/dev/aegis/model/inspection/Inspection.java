package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** One examination of one shield. */
@Entity
public class Inspection {

    /** Given by the database when the inspection is saved; 0 until then. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(updatable = false)
    public Shield shield;

    @Column(updatable = false)
    @Enumerated(EnumType.STRING)
    public Requester requestedBy;

    @Enumerated(EnumType.STRING)
    public InspectionState state = InspectionState.REQUESTED;

    /** The run of the schedule that requested it; null if the api did. It may have been pruned. */
    @Column(updatable = false)
    public @Nullable Long scheduleRunId;

    @Generated
    @Column(insertable = false, updatable = false)
    public @Nullable Instant requestedAt;

    /** When it was last requested again, because it had been open for too long. */
    public @Nullable Instant requeuedAt;

    /** When it was completed, or failed. */
    public @Nullable Instant finishedAt;

    public @Nullable Integer ratingBefore;
    public @Nullable Integer ratingAfter;

    /** What was found, in a sentence. */
    public @Nullable String finding;

    /** The {@code application_name} of the worker that did it. */
    public @Nullable String worker;

    /** Whether a report has counted its outcome. */
    public boolean reported;

    public Inspection(Shield shield, Requester requestedBy) {
        this.shield = shield;
        this.requestedBy = requestedBy;
    }

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Inspection() {}

    /** Whether the shield was inspected. An inspection that failed is not completed, and still can be. */
    public boolean isCompleted() {
        return state.isOutcome();
    }

    /** Whether it was neither completed nor has failed. */
    public boolean isOpen() {
        return state == InspectionState.REQUESTED;
    }

    /**
     * Ends the inspection with a result, which is the shield's too. No report has counted that, even if one has counted a
     * failure before.
     *
     * @param worker who did it
     * @param now the time by the clock of the database
     */
    public void complete(InspectionResult result, String worker, Instant now) {
        if (isCompleted()) {
            throw new IllegalStateException("Inspection " + id + " was completed before");
        }
        ratingBefore = shield.defenseRating;
        ratingAfter = result.rating();
        shield.inspected(result.rating(), now);
        this.worker = worker;
        end(result.outcome(), result.finding(), now);
    }

    /**
     * Gives the inspection up; the shield stays as it is.
     *
     * @param finding why
     * @param now the time by the clock of the database
     */
    public void fail(String finding, Instant now) {
        if (!isOpen()) {
            throw new IllegalStateException("Inspection " + id + " has ended as " + state.code());
        }
        end(InspectionState.FAILED, finding, now);
    }

    private void end(InspectionState state, String finding, Instant now) {
        this.state = state;
        this.finding = finding;
        finishedAt = now;
        reported = false;
    }
}
