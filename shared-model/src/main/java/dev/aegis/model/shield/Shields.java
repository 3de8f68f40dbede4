package dev.aegis.model.shield;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The shields in the database. */
@ApplicationScoped
public class Shields implements PanacheRepository<Shield> {

    /** Those of the ids for which there is a shield. */
    public List<Long> findExistingIds(Collection<Long> ids) {
        return find("select id from Shield where id in ?1", ids)
                .project(Long.class)
                .list();
    }
}
