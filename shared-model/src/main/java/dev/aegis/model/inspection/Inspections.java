package dev.aegis.model.inspection;

import dev.aegis.platform.database.DatabaseClock;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.query.QueryFlushMode;

/** The inspections in the database. */
@ApplicationScoped
public class Inspections implements PanacheRepository<Inspection> {

    /**
     * Finds an inspection and locks it and its shield, so that no other inspection and no client changes the shield until the
     * transaction ends. The shield comes first in the query, and is locked first, as by those who delete a shield.
     *
     * <p>The query does not flush, so that inspections that share a transaction are written in one batch when it commits.
     *
     * @return empty if the inspection has been deleted
     */
    public Optional<LockedInspection> findForUpdate(long id) {
        return getSession()
                .createSelectionQuery("""
                        select i, s, %s
                        from Shield s join Inspection i on i.shield = s
                        where i.id = :id
                        """.formatted(DatabaseClock.NOW), LockedInspection.class)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .setQueryFlushMode(QueryFlushMode.NO_FLUSH)
                .uniqueResultOptional();
    }
}
