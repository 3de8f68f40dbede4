package dev.aegis.scheduler.inspection;

import dev.aegis.scheduler.firing.Firing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;

/** The shields whose last inspection, or arrival if there was none, is longer ago than the inspection interval. */
@ApplicationScoped
class OverdueShields {

    private final Session database;
    private final Duration interval;

    OverdueShields(Session database, @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.database = database;
        this.interval = interval;
    }

    /**
     * Writes an inspection for those that have waited longest. Left out are shields that still wait for one, and shields
     * of which one failed within the interval: whatever made it fail would make a failure each time the schedule fires.
     *
     * @param limit how many at most
     * @return the ids of the inspections
     */
    List<Long> inspect(Firing firing, int limit) {
        return database.createNativeQuery("""
                        INSERT INTO inspection (shield_id, requested_by, firing_id)
                        SELECT shield.id, 'schedule', :firing
                        FROM shield
                        WHERE coalesce(inspected_at, created_at) < now() - make_interval(secs => :interval)
                          AND NOT EXISTS (
                              SELECT FROM inspection waiting
                              WHERE waiting.shield_id = shield.id AND waiting.requested_by = 'schedule'
                                AND waiting.state IN ('requested', 'running'))
                          AND NOT EXISTS (
                              SELECT FROM inspection failure
                              WHERE failure.shield_id = shield.id AND failure.state = 'failed'
                                AND failure.finished_at >= now() - make_interval(secs => :interval))
                        ORDER BY coalesce(inspected_at, created_at)
                        LIMIT :limit
                        ON CONFLICT DO NOTHING
                        RETURNING id
                        """, Long.class)
                .setParameter("firing", firing.id())
                .setParameter("interval", (double) interval.toSeconds())
                .setParameter("limit", limit)
                .getResultList();
    }
}
