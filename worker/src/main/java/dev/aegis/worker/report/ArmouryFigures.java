package dev.aegis.worker.report;

import dev.aegis.model.report.ArmouryReport;
import dev.aegis.worker.inspection.InspectionPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** What a report says of the shields. */
@ApplicationScoped
class ArmouryFigures {

    /** How far ahead of the database's clock a time may be. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    private final Session session;
    private final Duration interval;

    ArmouryFigures(Session session, @ConfigProperty(name = "aegis.inspection.interval") Duration interval) {
        this.session = session;
        this.interval = interval;
    }

    private record Period(Instant start, Instant end) {}

    private record ShieldFigures(
            long shields,
            long battleWorthy,
            long overdue,
            @Nullable Long ratings) {}

    /** A report of the period that begins where the last one ended. It counts no inspections yet. */
    ArmouryReport report() {
        var period = period();
        var figures = shieldsAt(period.end());
        var report = new ArmouryReport(period.start(), period.end());
        report.shields = (int) figures.shields();
        report.battleWorthy = (int) figures.battleWorthy();
        report.overdue = (int) figures.overdue();
        report.averageRating = figures.ratings() == null
                ? null
                : BigDecimal.valueOf(figures.ratings())
                        .divide(BigDecimal.valueOf(figures.shields()), 2, RoundingMode.HALF_UP);
        return report;
    }

    /** By the clock of the database, as all times in rows. A time in the future is what a wrong clock has left. */
    private Period period() {
        return session.createSelectionQuery("""
                        select coalesce(
                                   (select max(r.periodEnd) from ArmouryReport r where r.periodEnd <= instant),
                                   (select min(i.finishedAt) from Inspection i where i.finishedAt <= instant),
                                   instant),
                               instant
                        """, Period.class).getSingleResult();
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
                .setParameter("to", now.plus(TOLERANCE))
                .getSingleResult();
    }
}
