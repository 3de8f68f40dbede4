package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.Inspection;
import dev.aegis.model.inspection.InspectionState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.Session;

/** The inspections that were last requested longer ago than they may take, and have no outcome. */
@ApplicationScoped
class StaleInspections {

    /** By how much a time may be ahead of the database's clock. One further ahead, left by a clock that was wrong, is stale. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Session database;
    private final InspectionSettings settings;

    StaleInspections(Session database, InspectionSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Finds those that have waited longest and notes that they are requested again. One that a worker is concluding is left out. */
    List<Inspection> requeue(int limit) {
        var now = database.createSelectionQuery(
                        "select function('clock_timestamp' as OffsetDateTime)", OffsetDateTime.class)
                .getSingleResult()
                .toInstant();
        var stale = database.createSelectionQuery("""
                        from Inspection
                        where state = :requested and greatest(requestedAt, requeuedAt) not between :timeout and :latest
                        order by greatest(requestedAt, requeuedAt)
                        """, Inspection.class)
                .setParameter("requested", InspectionState.REQUESTED)
                .setParameter("timeout", now.minus(settings.requeueAfter()))
                .setParameter("latest", now.plus(TOLERANCE))
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
        stale.forEach(inspection -> inspection.requeuedAt = now);
        return stale;
    }
}
