package dev.aegis.model.inspection;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** The inspections in the database. */
@ApplicationScoped
public class Inspections implements PanacheRepository<Inspection> {}
