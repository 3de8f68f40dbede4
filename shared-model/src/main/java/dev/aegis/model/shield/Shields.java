package dev.aegis.model.shield;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** The shields in the database. */
@ApplicationScoped
public class Shields implements PanacheRepository<Shield> {}
