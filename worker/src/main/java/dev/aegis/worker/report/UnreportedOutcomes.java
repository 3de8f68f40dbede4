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
     * Counts them in a report, batch by batch, so that no statement takes long. A report that counted for longer than its
     * transaction may take would be rolled back, and so would each one after it: what is left is for the next report.
     *
     * @param batch how many are counted at a time, 1 or more
     * @param time after which no other batch is begun
     * @return whether all were counted
     */
    boolean addTo(ArmouryReport report, int batch, Duration time) {
        var begin = System.nanoTime();
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
            if (System.nanoTime() - begin >= time.toNanos()) {
                return false;
            }
            after = outcomes.get(batch - 1).id();
        }
    }

    /**
     * By a mark and not by the time: what was dated before the last report, and was committed after it, is in this one, and
     * so is what was dated while a clock was wrong. What somebody else has locked is left to the next. Each batch begins
     * behind the last, since the index keeps the entries of rows that this transaction has marked.
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
