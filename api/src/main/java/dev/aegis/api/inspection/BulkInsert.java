package dev.aegis.api.inspection;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.Session;

/**
 * Inserts thousands of inspections in one statement. In SQL, because ids are identity columns: each persisted entity
 * would cost a round trip, and an HQL insert neither follows the order of an array nor returns ids. With {@code FOR KEY
 * SHARE}, a shield that is being deleted is left out instead of violating the foreign key.
 */
@ApplicationScoped
class BulkInsert {
    private final Session session;

    BulkInsert(Session session) {
        this.session = session;
    }

    /** Returns the ids of the inspections, in the order of the shields. Shields that do not exist are left out. */
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
