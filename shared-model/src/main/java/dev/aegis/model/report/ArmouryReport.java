package dev.aegis.model.report;

import dev.aegis.model.inspection.InspectionState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** The state of the armoury at one moment, and what was done in the period that ended then. */
@Entity
public class ArmouryReport {

    /** Given by the database when the report is saved; 0 until then. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public long id;

    @Generated
    @Column(insertable = false, updatable = false)
    public @Nullable Instant createdAt;

    /** The run of the schedule that requested it. It may have been deleted since. */
    public @Nullable Long scheduleRunId;

    /** The first moment of the period. */
    public Instant periodStart;

    /** The first moment after the period. */
    public Instant periodEnd;

    /** How many shields there are. */
    public int shields;

    /** How many of them are fit for battle. */
    public int battleWorthy;

    /** How many of them should have been inspected by now. */
    public int overdue;

    /** The mean defense rating, to two places; null if there are no shields. */
    public @Nullable BigDecimal averageRating;

    public int inspectionsPassed;
    public int inspectionsRepaired;
    public int inspectionsCondemned;
    public int inspectionsFailed;

    public ArmouryReport(Instant periodStart, Instant periodEnd) {
        this.periodStart = periodStart;
        this.periodEnd = periodEnd;
    }

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected ArmouryReport() {}

    /** Counts an inspection that ended in this state. */
    public void count(InspectionState outcome) {
        switch (outcome) {
            case PASSED -> inspectionsPassed++;
            case REPAIRED -> inspectionsRepaired++;
            case CONDEMNED -> inspectionsCondemned++;
            case FAILED -> inspectionsFailed++;
            case REQUESTED -> throw new IllegalArgumentException("An inspection that has not ended is not counted");
        }
    }
}
