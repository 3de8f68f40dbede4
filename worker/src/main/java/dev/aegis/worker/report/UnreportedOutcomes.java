package dev.aegis.worker.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.Session;

/** The outcomes of inspections that no report has counted yet. Every method works in the caller's transaction. */
@ApplicationScoped
class UnreportedOutcomes {

    /**
     * By a mark and not by the time: what was dated before the last report, and was committed after it, is in this one, and
     * so is what was dated while a clock was wrong. What somebody else holds is left to the next. Each batch begins behind
     * the last, since the index keeps the entries of rows that this transaction has marked.
     */
    private static final String COUNT = """
            WITH counted AS (
                UPDATE public.inspection SET reported = true
                WHERE id = ANY (ARRAY(
                    SELECT id FROM public.inspection
                    WHERE finished_at IS NOT NULL AND NOT reported AND id > :after
                    ORDER BY id
                    LIMIT :limit
                    FOR NO KEY UPDATE SKIP LOCKED))
                RETURNING id, state)
            UPDATE public.armoury_report
            SET inspections_passed = inspections_passed + passed,
                inspections_repaired = inspections_repaired + repaired,
                inspections_condemned = inspections_condemned + condemned,
                inspections_failed = inspections_failed + failed
            FROM (
                SELECT count(*) FILTER (WHERE state = 'passed') AS passed,
                       count(*) FILTER (WHERE state = 'repaired') AS repaired,
                       count(*) FILTER (WHERE state = 'condemned') AS condemned,
                       count(*) FILTER (WHERE state = 'failed') AS failed,
                       CASE WHEN count(*) = :limit THEN max(id) END AS last
                FROM counted) batch
            WHERE id = :report
            RETURNING last""";

    private final Session database;

    UnreportedOutcomes(Session database) {
        this.database = database;
    }

    /**
     * Adds them to a report, batch by batch, so that no statement takes long. A report that counted for longer than its
     * transaction may take would be rolled back, and so would each one after it: what is left is for the next report.
     *
     * @param batch how many are counted in one statement, 1 or more
     * @param time after which no other batch is begun
     * @return whether all were counted
     */
    boolean addTo(long report, int batch, Duration time) {
        var begin = System.nanoTime();
        var last = Optional.of(Long.MIN_VALUE);
        do {
            last = add(report, batch, last.get());
        } while (last.isPresent() && System.nanoTime() - begin < time.toNanos());
        return last.isEmpty();
    }

    /** Returns the last of the batch; empty if no other is behind it. */
    private Optional<Long> add(long report, int batch, long after) {
        return database.createNativeQuery(COUNT, Long.class)
                .setParameter("report", report)
                .setParameter("limit", batch)
                .setParameter("after", after)
                .uniqueResultOptional();
    }
}
