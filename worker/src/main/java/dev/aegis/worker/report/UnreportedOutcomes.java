package dev.aegis.worker.report;

import dev.aegis.model.inspection.InspectionState;
import dev.aegis.model.report.ArmouryReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.hibernate.LockMode;
import org.hibernate.Session;

/** The outcomes of inspections that no report has counted yet. Every method works in the caller's transaction. */
@ApplicationScoped
class UnreportedOutcomes {

    private final Session session;

    UnreportedOutcomes(Session session) {
        this.session = session;
    }

    private record Outcome(long id, InspectionState state) {}

    /**
     * Counts them in a report, batch by batch, so that no statement takes long. Counting for longer than the
     * transaction timeout would roll back this report, and then each one after it, so the next report counts what is
     * left.
     *
     * @param batch how many are counted at a time, 1 or more
     * @param time after which no further batch is started
     * @return whether all were counted
     */
    boolean addTo(ArmouryReport report, int batch, Duration time) {
        var start = System.nanoTime();
        var after = Long.MIN_VALUE;
        while (true) {
            var outcomes = findAfter(after, batch);
            outcomes.forEach(outcome -> report.count(outcome.state()));
            if (!outcomes.isEmpty()) {
                markAsReported(outcomes);
            }
            if (outcomes.size() < batch) {
                return true;
            }
            if (System.nanoTime() - start >= time.toNanos()) {
                return false;
            }
            after = outcomes.get(batch - 1).id();
        }
    }

    /**
     * By the flag {@code reported} and not by time, since an outcome that is dated before the last report may have been
     * committed after it, or dated by a wrong clock. Locked rows are left to the next report. Each batch starts after
     * the id of the last one, since the index still has the entries of rows that this transaction has marked.
     */
    private List<Outcome> findAfter(long id, int limit) {
        return session.createSelectionQuery("""
                        select i.id, i.state from Inspection i
                        where i.finishedAt is not null and not i.reported and i.id > :id
                        order by i.id
                        """, Outcome.class)
                .setParameter("id", id)
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
    }

    private void markAsReported(List<Outcome> outcomes) {
        session.createMutationQuery("update Inspection set reported = true where id in :ids")
                .setParameterList("ids", outcomes.stream().map(Outcome::id).toList())
                .executeUpdate();
    }
}
