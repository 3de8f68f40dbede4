package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.check.Checks;
import dev.aegis.bench.soak.check.Dispatch;
import dev.aegis.bench.soak.check.Tables;
import dev.aegis.bench.soak.check.Unseen;
import dev.aegis.bench.soak.check.Violation;
import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.plan.Queues;
import dev.aegis.bench.soak.task.Step;
import dev.aegis.bench.soak.task.TestMessage;
import dev.aegis.testing.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Carries a plan out, and checks what it left behind. */
public final class Run {

    private static final String BOUND = "SELECT count(*) = " + Queues.OF_NEWS.size() + " FROM messaging.subscription";

    private static final String REGISTERED = """
            SELECT coalesce(string_agg(format('%s (pid %s, slots %s, last heard %s ago)', id, pid,
                       ARRAY(SELECT format('%s %s', queue, number) FROM messaging.slot WHERE consumer = consumer.id),
                       clock_timestamp() - heartbeat_at), '; '), 'none')
            FROM messaging.consumer""";

    private static final Duration TO_SETTLE = Duration.ofSeconds(30);

    private final Plan plan;
    private final Database database;
    private final Duration limit;
    private final Log log;

    /** @param limit how long it may take until all is handled */
    public Run(Plan plan, Database database, Duration limit, Log log) {
        this.plan = plan;
        this.database = database;
        this.limit = limit;
        this.log = log;
    }

    /** The promises that were not kept, described; none when all is well. */
    public List<String> violations() throws SQLException, IOException {
        var server = new Server(database);
        server.noteCommits();
        try (var fleet = new Fleet(database, log);
                var watch = new Watch(database, expected())) {
            fleet.start(plan.workers());
            log.say(plan.workers() + " workers are ready");
            Waiting.until("the queues of the news are bound", limit, () -> holds(server, BOUND));
            watch.start();
            var lanes = new Lanes(plan, fleet, watch);
            lanes.start();
            var injector = new FaultInjector(plan.faults(), fleet, server, watch, log);
            var ended = Waiting.within(limit, () -> {
                injector.round(lanes.haveEnded() && watch.waiting() == 0);
                return lanes.haveEnded() && injector.hasEnded() && isDrained(server);
            });
            var unsettled = "";
            log.say(ended ? "all is handled" : "not all is handled in time");
            if (ended) {
                if (!Waiting.within(TO_SETTLE, () -> hasSettled(server))) {
                    unsettled = server.text(REGISTERED);
                    log.say("what their threads do is in " + log.file("worker-*.threads"));
                    fleet.all().forEach(worker -> worker.signal("QUIT"));
                }
                fleet.stop();
            } else {
                log.say("what their threads do is in " + log.file("worker-*.threads"));
                fleet.all().forEach(worker -> worker.signal("QUIT"));
            }
            return judge(lanes, fleet, watch, ended, unsettled);
        }
    }

    private List<String> judge(Lanes lanes, Fleet fleet, Watch watch, boolean ended, String unsettled)
            throws SQLException, IOException {
        try (var connection = database.connect()) {
            var tables = new Tables(connection);
            var history = tables.history();
            var dispatches = Dispatch.of(plan, lanes.outcomes(), history.sent());
            var violations = new ArrayList<Violation>();
            fleet.troubles().forEach(trouble -> violations.add(new Violation(trouble)));
            watch.violations().forEach(seen -> violations.add(new Violation(seen)));
            if (!ended) {
                violations.add(new Violation("not all was handled within " + limit.toSeconds() + " s"));
            }
            if (!unsettled.isEmpty()) {
                violations.add(new Violation("with nothing to do for " + TO_SETTLE.toSeconds() + " s, of "
                        + plan.workers() + " workers are registered, with their slots: " + unsettled));
            }
            violations.addAll(tables.leftovers());
            violations.addAll(Checks.of(dispatches, history));
            violations.addAll(new Unseen(tables, dispatches.values()).violations());
            log.say(new Summary(history, dispatches.values(), lanes.outcomes().values()).toString());
            tables.dump(log.file("."));
            return new Description(dispatches, tables).of(violations);
        }
    }

    private long expected() {
        return plan.steps().stream()
                        .filter(step -> step.mode() != Step.Mode.ROLL_BACK)
                        .flatMap(step -> step.messages().stream())
                        .flatMap(message -> Stream.concat(Stream.of(message), message.task().onward().stream()))
                        .mapToLong(Run::weight)
                        .sum()
                / 10;
    }

    /** Of some many are dropped, expire, or are cancelled. */
    private static long weight(TestMessage message) {
        return switch (message.queue()) {
            case Queues.UNIQUE, Queues.FLEETING, Queues.REVOKED -> 7;
            case Queues.NEWS -> 20;
            default -> 10;
        };
    }

    private static boolean isDrained(Server server) {
        return holds(server, """
                SELECT NOT EXISTS (SELECT FROM messaging.message) AND NOT EXISTS (SELECT FROM messaging.delayed_message)
                   AND NOT EXISTS (SELECT FROM messaging.blocked_message)""");
    }

    private boolean hasSettled(Server server) {
        return holds(server, "SELECT count(*) = " + plan.workers() + """
                 AND NOT EXISTS (SELECT FROM messaging.slot WHERE consumer IN (SELECT id FROM messaging.consumer))
                FROM messaging.consumer""");
    }

    private static boolean holds(Server server, String sql) {
        try {
            return server.isTrue(sql);
        } catch (SQLException e) {
            return false;
        }
    }
}
