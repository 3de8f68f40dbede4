package dev.aegis.worker.report;

import dev.aegis.model.report.ArmouryReport;
import dev.aegis.platform.database.DatabaseClock;
import dev.aegis.worker.inspection.InspectionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Computes what a report says about the shields. */
@ApplicationScoped
class ArmouryFigures {

    private final Session session;
    private final DatabaseClock clock;
    private final Duration interval;

    ArmouryFigures(
            Session session,
            DatabaseClock clock,
            @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.session = session;
        this.clock = clock;
        this.interval = interval;
    }

    private record ShieldFigures(
            long shields,
            long battleWorthy,
            long overdue,
            @Nullable Long ratings) {}

    /** Creates the report of the period since the last one. Its inspections are not counted yet. */
    ArmouryReport report() {
        var now = clock.now();
        var figures = shieldsAt(now);
        var report = new ArmouryReport(startOfPeriod(now), now);
        report.shields = (int) figures.shields();
        report.battleWorthy = (int) figures.battleWorthy();
        report.overdue = (int) figures.overdue();
        report.averageRating = figures.ratings() == null
                ? null
                : BigDecimal.valueOf(figures.ratings())
                        .divide(BigDecimal.valueOf(figures.shields()), 2, RoundingMode.HALF_UP);
        return report;
    }

    /** Times in the future, which a wrong clock has set, are ignored. */
    private Instant startOfPeriod(Instant now) {
        return session.createSelectionQuery("""
                        select coalesce(
                            (select max(r.periodEnd) from ArmouryReport r where r.periodEnd <= :now),
                            (select min(i.finishedAt) from Inspection i where i.finishedAt <= :now),
                            :now)
                        """, Instant.class)
                .setParameter("now", now)
                .getSingleResult();
    }

    private ShieldFigures shieldsAt(Instant now) {
        return session.createSelectionQuery("""
                        select count(*),
                               count(*) filter (where s.defenseRating >= :battleWorthy),
                               count(*) filter (where coalesce(s.inspectedAt, s.createdAt) not between :from and :to),
                               sum(s.defenseRating)
                        from Shield s
                        """, ShieldFigures.class)
                .setParameter("battleWorthy", InspectionPolicy.BATTLE_WORTHY)
                .setParameter("from", now.minus(interval))
                .setParameter("to", now.plus(DatabaseClock.TOLERANCE))
                .getSingleResult();
    }
}
