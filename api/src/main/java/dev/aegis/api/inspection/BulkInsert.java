package dev.aegis.api.inspection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/**
 * Writes thousands of inspections in one statement. It is SQL because JPA has no equal: the ids are identities, so that each entity
 * that is persisted costs a round trip, and HQL inserts neither in the order of an array nor returns the ids.
 */
@ApplicationScoped
class BulkInsert {
    private final Session session;

    BulkInsert(Session session) {
        this.session = session;
    }

    /** The ids of the inspections, in the order of the shields; fewer if some shields do not exist. */
    List<Long> insert(List<Long> shieldIds) {
        return session.createNativeQuery("""
                        INSERT INTO public.inspection (shield_id, requested_by)
                        SELECT shield.id, 'api'
                        FROM unnest(:shields) WITH ORDINALITY AS wanted (id, position)
                        JOIN public.shield ON shield.id = wanted.id
                        ORDER BY position
                        FOR KEY SHARE OF shield
                        RETURNING id
                        """, Long.class)
                .setParameter("shields", shieldIds.toArray(Long[]::new))
                .getResultList();
    }
}
