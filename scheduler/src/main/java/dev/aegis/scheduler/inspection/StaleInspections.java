package dev.aegis.scheduler.inspection;

import dev.aegis.model.inspection.Inspection;
import dev.aegis.model.inspection.InspectionState;
import dev.aegis.platform.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.Session;

/** The inspections without an outcome whose last request is longer ago than {@link InspectionSettings#requeueAfter}. */
@ApplicationScoped
class StaleInspections {

    private final Session database;
    private final DatabaseClock clock;
    private final InspectionSettings settings;

    StaleInspections(Session database, DatabaseClock clock, InspectionSettings settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Finds those that have waited longest and notes that they are requested again. One that a worker is completing is left out;
     * one that was last requested in the future, because a clock was wrong, is not.
     */
    List<Inspection> requeue(int limit) {
        var now = clock.now();
        var stale = database.createSelectionQuery("""
                        from Inspection
                        where state = :requested and greatest(requestedAt, requeuedAt) not between :timeout and :latest
                        order by greatest(requestedAt, requeuedAt)
                        """, Inspection.class)
                .setParameter("requested", InspectionState.REQUESTED)
                .setParameter("timeout", now.minus(settings.requeueAfter()))
                .setParameter("latest", now.plus(DatabaseClock.TOLERANCE))
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
        stale.forEach(inspection -> inspection.requeuedAt = now);
        return stale;
    }
}
