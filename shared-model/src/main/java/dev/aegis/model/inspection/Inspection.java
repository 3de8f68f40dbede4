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

    /** The run of the schedule that requested it, which may have been deleted since; null if the api did. */
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

    /** Whether it passed, was repaired or was condemned. One that failed is not completed, and still can be. */
    public boolean isCompleted() {
        return state.isOutcome();
    }

    /** Whether it has neither been completed nor failed. */
    public boolean isOpen() {
        return state == InspectionState.REQUESTED;
    }

    /**
     * Completes the inspection and updates its shield.
     *
     * @param worker the {@code application_name} of the worker that did it
     * @param now the time by the clock of the database
     */
    public void complete(InspectionResult result, String worker, Instant now) {
        if (isCompleted()) {
            throw new IllegalStateException("Inspection " + id + " has already been completed");
        }
        ratingBefore = shield.defenseRating;
        ratingAfter = result.rating();
        shield.recordInspection(result.rating(), now);
        this.worker = worker;
        end(result.outcome(), result.finding(), now);
    }

    /**
     * Marks the inspection as failed; the shield stays as it is.
     *
     * @param finding why
     * @param now the time by the clock of the database
     */
    public void fail(String finding, Instant now) {
        if (!isOpen()) {
            throw new IllegalStateException("Inspection " + id + " has already ended as " + state.code());
        }
        end(InspectionState.FAILED, finding, now);
    }

    private void end(InspectionState state, String finding, Instant now) {
        this.state = state;
        this.finding = finding;
        finishedAt = now;
        // A report may have counted a failure before, but not this outcome.
        reported = false;
    }
}
