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
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;

/** One examination of one shield. */
@Entity
@DynamicUpdate
public class Inspection {

    /** Given by the database when the inspection is saved; 0 until then. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    public Shield shield;

    @Enumerated(EnumType.STRING)
    public Requester requestedBy;

    @Enumerated(EnumType.STRING)
    public InspectionState state = InspectionState.REQUESTED;

    /** The firing of the schedule that asked for it; null if the api did. It may have been pruned. */
    public @Nullable Long firingId;

    @Generated
    @Column(insertable = false, updatable = false)
    public @Nullable Instant requestedAt;

    public @Nullable Instant startedAt;
    public @Nullable Instant finishedAt;
    public @Nullable Integer ratingBefore;
    public @Nullable Integer ratingAfter;

    /** What was found, in a sentence. */
    public @Nullable String finding;

    /** The {@code application_name} of the worker that did it. */
    public @Nullable String worker;

    public Inspection(Shield shield, Requester requestedBy) {
        this.shield = shield;
        this.requestedBy = requestedBy;
    }

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Inspection() {}
}
