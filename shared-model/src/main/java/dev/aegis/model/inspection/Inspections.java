package dev.aegis.model.inspection;

import dev.aegis.model.shield.Shield;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.query.QueryFlushMode;

/** The inspections in the database. */
@ApplicationScoped
public class Inspections implements PanacheRepository<Inspection> {

    /**
     * Finds an inspection and locks its shield, so that no other inspection and no client changes the shield until the
     * transaction ends. The shield is locked before the inspection is read, for two reasons: who deletes a shield locks in
     * this order too, and what was committed while this waited for the lock is seen.
     *
     * <p>Neither query flushes, so that inspections that share a transaction are written together when it commits.
     *
     * @return empty if the inspection is gone
     */
    public Optional<LockedInspection> findForUpdate(long id) {
        var session = getSession();
        session.createSelectionQuery(
                        "from Shield s where s.id = (select i.shield.id from Inspection i where i.id = :id)",
                        Shield.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setQueryFlushMode(QueryFlushMode.NO_FLUSH)
                .getResultList();
        return session.createSelectionQuery(
                        "select i, function('clock_timestamp' as OffsetDateTime) from Inspection i where i.id = :id",
                        LockedInspection.class)
                .setParameter("id", id)
                .setQueryFlushMode(QueryFlushMode.NO_FLUSH)
                .uniqueResultOptional();
    }
}
