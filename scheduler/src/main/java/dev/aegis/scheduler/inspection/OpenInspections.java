package dev.aegis.scheduler.inspection;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;

/** The inspections that have no outcome, though they were asked for longer ago than they may take. */
@ApplicationScoped
class OpenInspections {

    private static final String PATIENCE = "aegis.inspection.ask-again-after";
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

    private final Session database;
    private final Duration patience;

    OpenInspections(Session database, @ConfigProperty(name = PATIENCE) Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /** Refuses a patience with which each firing would ask for everything again, before the service waits for its database. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent event) {
        check();
    }

    void check() {
        if (patience.compareTo(LEAST_PATIENCE) < 0) {
            throw new ConfigurationException(
                    "%s (AEGIS_INSPECTION_ASK_AGAIN_AFTER in the environment) is %s, which is too short. Write PT1M or more."
                            .formatted(PATIENCE, patience));
        }
    }

    /**
     * Notes that those are asked for again that have waited longest. A time that is yet to come, which a clock that was ahead
     * has left, counts as long ago. Inspections that a worker is just concluding are passed over.
     *
     * @param limit how many are asked for
     * @return their ids
     */
    List<Long> askAgain(int limit) {
        return database.createNativeQuery("""
                        UPDATE public.inspection SET asked_again_at = now()
                        WHERE id = ANY (ARRAY(
                            SELECT id
                            FROM public.inspection, greatest(requested_at, asked_again_at) AS last_sign
                            WHERE state = 'requested'
                              AND last_sign NOT BETWEEN now() - make_interval(secs => :patience)
                                  AND now() + interval '1 minute'
                            ORDER BY last_sign
                            LIMIT :limit
                            FOR NO KEY UPDATE OF inspection SKIP LOCKED))
                        RETURNING id
                        """, Long.class)
                .setParameter("patience", (double) patience.toSeconds())
                .setParameter("limit", limit)
                .getResultList();
    }
}
