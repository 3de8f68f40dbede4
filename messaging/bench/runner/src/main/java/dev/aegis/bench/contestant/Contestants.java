package dev.aegis.bench.contestant;

/** The libraries in the configurations that are measured. */
public final class Contestants {

    private static final String EMPTY_AEGIS =
            "TRUNCATE messaging.message, messaging.delayed_message, messaging.dead_letter";
    private static final String EMPTY_EFFECTS = "; TRUNCATE bench.effect";

    private Contestants() {}

    /** The connector, by what its handler does. */
    public static Contestant aegis(String name, Team team, String kind) {
        return new Contestant(
                name,
                team,
                1,
                kind,
                EMPTY_AEGIS + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM messaging.message UNION ALL SELECT FROM messaging.delayed_message)");
    }

    public static Contestant graphile(Team team, int processes) {
        return new Contestant(
                "graphile-worker × " + processes,
                team,
                processes,
                "none",
                "TRUNCATE graphile_worker._private_jobs",
                "SELECT EXISTS (SELECT FROM graphile_worker._private_jobs)");
    }

    public static Contestant pgBoss(Team team, int processes) {
        return new Contestant(
                "pg-boss × " + processes,
                team,
                processes,
                "none",
                "TRUNCATE pgboss.job",
                "SELECT EXISTS (SELECT FROM pgboss.job WHERE name = 'bench' AND state < 'completed')");
    }

    public static Contestant dbScheduler(Team team, String kind) {
        return new Contestant(
                "db-scheduler",
                team,
                1,
                kind,
                "TRUNCATE scheduled_tasks" + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM scheduled_tasks)");
    }

    public static Contestant jobRunr(Team team, String kind) {
        return new Contestant(
                "JobRunr",
                team,
                1,
                kind,
                "TRUNCATE jobrunr_jobs" + EMPTY_EFFECTS,
                "SELECT EXISTS (SELECT FROM jobrunr_jobs WHERE state IN ('ENQUEUED', 'PROCESSING'))");
    }

    public static Contestant floor(String name, Team team, String kind) {
        return new Contestant(
                name, team, 1, kind, "TRUNCATE bench.floor" + EMPTY_EFFECTS, "SELECT EXISTS (SELECT FROM bench.floor)");
    }
}
