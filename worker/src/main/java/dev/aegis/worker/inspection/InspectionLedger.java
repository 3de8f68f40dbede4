package dev.aegis.worker.inspection;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.Session;

/**
 * The way of an inspection through the database. Each step is one statement that looks at the state itself, so that a worker
 * which comes late, or twice, changes nothing. All times are those of the database's clock.
 */
@ApplicationScoped
class InspectionLedger {

    private final Session database;

    InspectionLedger(Session database) {
        this.database = database;
    }

    /**
     * Shows everybody that this worker is at the inspection, in a transaction of its own. It does so without waiting for
     * the disk: after a crash of the database nobody is at it.
     */
    @Transactional(TxType.REQUIRES_NEW)
    void begin(long inspection) {
        database.createNativeQuery("""
                        UPDATE public.inspection
                        SET state = 'running', started_at = now(), worker = current_setting('application_name')
                        WHERE id = :inspection AND state IN ('requested', 'running')
                        RETURNING set_config('synchronous_commit', 'off', true)
                        """, String.class)
                .setParameter("inspection", inspection)
                .getResultList();
    }

    /**
     * Takes the shield of an inspection from the rack: until the transaction ends, no other inspection and no client
     * changes it.
     *
     * @return its condition; empty if the inspection has its outcome, or is gone with the shield
     */
    Optional<Condition> take(long inspection) {
        return database.createNativeQuery("""
                        SELECT shield.defense_rating AS rating,
                               CAST(extract(epoch FROM now() - coalesce(inspected_at, created_at)) AS bigint) AS age
                        FROM public.inspection JOIN public.shield ON shield.id = inspection.shield_id
                        WHERE inspection.id = :inspection AND inspection.state IN ('requested', 'running', 'failed')
                        FOR NO KEY UPDATE OF shield
                        """, Tuple.class)
                .setParameter("inspection", inspection)
                .uniqueResultOptional()
                .map(InspectionLedger::conditionOf);
    }

    /** The age may come out below zero, if the shield was waited for while another inspection of it ended. */
    private static Condition conditionOf(Tuple row) {
        var age = Duration.ofSeconds(Math.max(0, row.get("age", Long.class)));
        return new Condition(row.get("rating", Integer.class), age);
    }

    /**
     * Writes the outcome, and gives the shield its rating.
     *
     * @return whether it was this worker's to write; if not, nothing has changed
     */
    boolean conclude(long inspection, Condition condition, Verdict verdict) {
        var shields = database.createNativeMutationQuery("""
                        WITH concluded AS (
                            UPDATE public.inspection
                            SET state = :outcome, rating_before = :before, rating_after = :after, finding = :finding,
                                finished_at = clock_timestamp(), reported = false,
                                worker = current_setting('application_name')
                            WHERE id = :inspection AND state IN ('requested', 'running', 'failed')
                            RETURNING shield_id)
                        UPDATE public.shield SET defense_rating = :after, inspected_at = clock_timestamp()
                        FROM concluded WHERE shield.id = concluded.shield_id
                        """)
                .setParameter("inspection", inspection)
                .setParameter("outcome", verdict.outcome().code())
                .setParameter("before", condition.rating())
                .setParameter("after", verdict.rating())
                .setParameter("finding", verdict.finding())
                .executeUpdate();
        return shields == 1;
    }

    /**
     * Notes that an inspection could not be done. It may still be, when it is asked for again.
     *
     * @return whether it had no outcome
     */
    boolean fail(long inspection, String finding) {
        var inspections = database.createNativeMutationQuery("""
                        UPDATE public.inspection SET state = 'failed', finding = :finding, finished_at = clock_timestamp()
                        WHERE id = :inspection AND state IN ('requested', 'running')
                        """)
                .setParameter("inspection", inspection)
                .setParameter("finding", finding)
                .executeUpdate();
        return inspections == 1;
    }
}
