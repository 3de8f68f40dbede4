package dev.aegis.model.inspection;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The inspections in the database. */
@ApplicationScoped
public class Inspections implements PanacheRepository<Inspection> {

    /**
     * The inspection that was asked for earlier under the same key. Until the caller's transaction ends nobody else gets
     * past this point with that key, so that of two requests at the same time the second finds the inspection of the first.
     */
    public Optional<Inspection> findRepeated(long shieldId, String idempotencyKey) {
        getEntityManager()
                .createNativeQuery(
                        "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:key, :shield))", Integer.class)
                .setParameter("key", idempotencyKey)
                .setParameter("shield", shieldId)
                .getSingleResult();
        return find("shield.id = ?1 and idempotencyKey = ?2", shieldId, idempotencyKey)
                .firstResultOptional();
    }
}
