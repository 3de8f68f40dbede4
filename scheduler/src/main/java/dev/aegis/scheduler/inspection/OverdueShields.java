package dev.aegis.scheduler.inspection;

import dev.aegis.platform.database.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/** The shields whose last inspection, or creation if there was none, is longer ago than the inspection interval. */
@ApplicationScoped
class OverdueShields {

    private final Session database;
    private final InspectionSettings settings;

    OverdueShields(Session database, InspectionSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /**
     * Inserts an inspection for those that have waited longest, unless they still wait for one that a schedule requested.
     * Shields of which one failed within the interval are left out: what made it fail would make it fail in each run. A
     * time in the future, left by a clock that was ahead, counts as longest ago.
     *
     * <p>In SQL, because there may be many thousands, and JPA has no insert that ignores conflicts. Both guards against
     * requesting twice are needed: the open inspection that the snapshot sees keeps a shield out that a worker finishes
     * meanwhile, and the unique index keeps out what another replica inserts.
     *
     * @param limit the most shields that are considered
     * @return the ids of the inspections
     */
    List<Long> insertInspections(long run, int limit) {
        return database.createNativeQuery("""
                        INSERT INTO public.inspection (shield_id, requested_by, schedule_run_id)
                        SELECT id, 'schedule', :run
                        FROM (
                            SELECT id, last_inspected
                            FROM (
                                (SELECT id, CAST('-infinity' AS timestamptz) AS last_inspected
                                 FROM public.shield
                                 WHERE coalesce(inspected_at, created_at) > now() + make_interval(secs => :tolerance))
                                UNION ALL
                                (SELECT id, coalesce(inspected_at, created_at)
                                 FROM public.shield
                                 WHERE coalesce(inspected_at, created_at) < now() - make_interval(secs => :interval)
                                 )) overdue
                            WHERE NOT EXISTS (
                                SELECT FROM public.inspection
                                WHERE shield_id = overdue.id AND state = 'failed'
                                  AND finished_at BETWEEN now() - make_interval(secs => :interval)
                                      AND now() + make_interval(secs => :tolerance))
                            ORDER BY last_inspected
                            LIMIT :limit) longest_waiting
                        WHERE NOT EXISTS (
                            SELECT FROM public.inspection
                            WHERE shield_id = longest_waiting.id AND requested_by = 'schedule' AND state = 'requested')
                        ORDER BY last_inspected
                        ON CONFLICT (shield_id) WHERE requested_by = 'schedule' AND state = 'requested' DO NOTHING
                        RETURNING id
                        """, Long.class)
                .setParameter("run", run)
                .setParameter("interval", (double) settings.interval().toSeconds())
                .setParameter("tolerance", (double) DatabaseClock.TOLERANCE.toSeconds())
                .setParameter("limit", limit)
                .getResultList();
    }
}
