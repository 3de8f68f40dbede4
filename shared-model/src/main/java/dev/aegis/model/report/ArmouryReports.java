package dev.aegis.model.report;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** The reports in the database. */
@ApplicationScoped
public class ArmouryReports implements PanacheRepository<ArmouryReport> {}
