package dev.aegis.bench.competitor;

/** The libraries in the configurations that are measured. */
public final class CompetitorFactory {

    private static final String EMPTY_AEGIS =
            "TRUNCATE messaging.message, messaging.delayed_message, messaging.dead_letter";
    private static final String EMPTY_EFFECTS = "; TRUNCATE bench.effect";

    private CompetitorFactory() {}

    /** The connector, by what its handler does. */
    public static Competitor aegis(String name, ProcessGroup group, String kind) {
        return new Competitor(
                name,
                group,
                1,
                kind,
                EMPTY_AEGIS + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM messaging.message UNION ALL SELECT FROM messaging.delayed_message)");
    }

    public static Competitor graphile(ProcessGroup group, int processes) {
        return new Competitor(
                "graphile-worker × " + processes,
                group,
                processes,
                "none",
                "TRUNCATE graphile_worker._private_jobs",
                "SELECT EXISTS (SELECT FROM graphile_worker._private_jobs)");
    }

    public static Competitor pgBoss(ProcessGroup group, int processes) {
        return new Competitor(
                "pg-boss × " + processes,
                group,
                processes,
                "none",
                "TRUNCATE pgboss.job",
                "SELECT EXISTS (SELECT FROM pgboss.job WHERE name = 'bench' AND state < 'completed')");
    }

    public static Competitor dbScheduler(ProcessGroup group, String kind) {
        return new Competitor(
                "db-scheduler",
                group,
                1,
                kind,
                "TRUNCATE scheduled_tasks" + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM scheduled_tasks)");
    }

    public static Competitor jobRunr(ProcessGroup group, String kind) {
        return new Competitor(
                "JobRunr",
                group,
                1,
                kind,
                "TRUNCATE jobrunr_jobs" + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING'))");
    }

    public static Competitor floor(String name, ProcessGroup group, String kind) {
        return new Competitor(
                name,
                group,
                1,
                kind,
                "TRUNCATE bench.floor" + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM bench.floor)");
    }
}
