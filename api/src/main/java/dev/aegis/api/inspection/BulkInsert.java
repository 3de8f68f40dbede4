package dev.aegis.api.inspection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/** Writes thousands of inspections in one statement, where one entity after the other would cost a round trip each. */
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

    /** Those of the ids that no shield has. */
    List<Long> unknown(List<Long> shieldIds) {
        return session.createNativeQuery("""
                        SELECT DISTINCT wanted.id
                        FROM unnest(:shields) AS wanted (id)
                        WHERE NOT EXISTS (SELECT FROM public.shield WHERE shield.id = wanted.id)
                        ORDER BY 1
                        """, Long.class)
                .setParameter("shields", shieldIds.toArray(Long[]::new))
                .getResultList();
    }
}
