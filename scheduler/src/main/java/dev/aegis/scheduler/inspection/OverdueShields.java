package dev.aegis.scheduler.inspection;

import dev.aegis.platform.schedule.Firing;
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
     * Writes an inspection for those that have waited longest, unless they still wait for one that was asked for before.
     * Shields of which one failed within the interval are passed over: whatever made it fail would make a failure each
     * time the schedule fires. A time that is yet to come is what a clock that was ahead has left: it counts as longest ago.
     *
     * <p>Both guards against asking twice are needed. The open inspection that the snapshot sees keeps a shield out that a
     * worker finishes while this runs; the unique index keeps out what another replica inserts.
     *
     * @param limit how many shields are looked at
     * @return the ids of the inspections
     */
    List<Long> inspect(Firing firing, int limit) {
        return database.createNativeQuery("""
                        INSERT INTO public.inspection (shield_id, requested_by, firing_id)
                        SELECT id, 'schedule', :firing
                        FROM (
                            SELECT id, looked_after
                            FROM (
                                (SELECT id, CAST('-infinity' AS timestamptz) AS looked_after
                                 FROM public.shield
                                 WHERE coalesce(inspected_at, created_at) > now() + interval '1 minute')
                                UNION ALL
                                (SELECT id, coalesce(inspected_at, created_at)
                                 FROM public.shield
                                 WHERE coalesce(inspected_at, created_at) < now() - make_interval(secs => :interval)
                                 )) overdue
                            WHERE NOT EXISTS (
                                SELECT FROM public.inspection
                                WHERE shield_id = overdue.id AND state = 'failed'
                                  AND finished_at BETWEEN now() - make_interval(secs => :interval)
                                      AND now() + interval '1 minute')
                            ORDER BY looked_after
                            LIMIT :limit) longest
                        WHERE NOT EXISTS (
                            SELECT FROM public.inspection
                            WHERE shield_id = longest.id AND requested_by = 'schedule'
                              AND state = 'requested')
                        ORDER BY looked_after
                        ON CONFLICT (shield_id) WHERE requested_by = 'schedule' AND state = 'requested'
                        DO NOTHING
                        RETURNING id
                        """, Long.class)
                .setParameter("firing", firing.id())
                .setParameter("interval", (double) interval.toSeconds())
                .setParameter("limit", limit)
                .getResultList();
    }
}
